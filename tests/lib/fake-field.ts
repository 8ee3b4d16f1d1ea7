/** Just enough of a textarea for the submit latch and for replayed traces, without a browser. */
export class FakeField extends EventTarget {
  readonly tagName = "TEXTAREA";
  selectionStart = 0;
  readonly ownerDocument: { defaultView: EventTarget; activeElement: FakeField | null } = {
    defaultView: new EventTarget(),
    activeElement: null,
  };

  #value = "";

  get value(): string {
    return this.#value;
  }

  set value(value: string) {
    this.#value = value;
    this.selectionStart = value.length;
  }

  setSelectionRange(start: number): void {
    this.selectionStart = start;
  }

  focus(): void {
    this.ownerDocument.activeElement = this;
  }

  blur(): void {
    if (this.ownerDocument.activeElement !== this) return;
    this.ownerDocument.activeElement = null;
    // The page hears of it first, as it would while the event goes down to the field.
    this.ownerDocument.defaultView.dispatchEvent(new Event("focusout"));
    this.dispatchEvent(new Event("focusout"));
  }
}
