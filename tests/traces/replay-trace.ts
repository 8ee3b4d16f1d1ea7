import type { Edit, Trace, TraceEvent } from "./trace.ts";

/**
 * Plays a trace into a field, edits and defaults included, as its platform would. Refers to nothing outside itself, so that it can also be sent into a page:
 * `page.getByTestId("composer").evaluate(replayTrace, trace)`. Returns what is left in the field.
 */
export function replayTrace(
  field: HTMLTextAreaElement | HTMLInputElement,
  trace: Trace,
  clickSend = () => document.querySelector<HTMLElement>('[data-testid="send"]')?.click(),
): string {
  const page: EventTarget = field.ownerDocument.defaultView ?? field.ownerDocument;
  let composed: { start: number; length: number } | undefined;
  let wasLeft = false;
  let ifLeavingNow: TraceEvent[] = [];

  const write = (value: string, caret: number) => {
    const native = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set;
    if (native) native.call(field, value);
    else field.value = value;
    field.setSelectionRange(caret, caret);
  };
  const replace = (start: number, end: number, text: string) => {
    const { value } = field;
    const from = Math.min(start, value.length);
    write(value.slice(0, from) + text + value.slice(Math.min(end, value.length)), from + text.length);
  };
  const edit = (change: Edit) => {
    const caret = field.selectionStart ?? field.value.length;
    if ("insert" in change) replace(caret, caret, change.insert);
    else if ("delete" in change) replace(Math.max(0, caret - change.delete), caret, "");
    else {
      const text = "compose" in change ? change.compose : change.commit;
      composed ??= { start: caret, length: 0 };
      replace(composed.start, composed.start + composed.length, text);
      composed = "compose" in change ? { start: composed.start, length: text.length } : undefined;
    }
  };
  const make = ({ type, edits, default: _default, onLeave, ifLeft, ...told }: TraceEvent) => {
    const event = new Event(type, { bubbles: true, cancelable: true, composed: true });
    const untold = { key: "", code: "", keyCode: 0, isComposing: composed !== undefined, repeat: false, data: "" };
    const modifiers = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
    for (const [name, value] of Object.entries({ ...untold, ...modifiers, ...told }))
      Object.defineProperty(event, name, { value });
    return event;
  };
  const onLeave = () => {
    wasLeft = true;
    ifLeavingNow.splice(0).forEach(play);
    composed = undefined;
  };
  const play = (event: TraceEvent) => {
    if (event.ifLeft && wasLeft) event.ifLeft.forEach(play);
    else happen(event);
  };
  const happen = (event: TraceEvent) => {
    event.edits?.forEach(edit);
    ifLeavingNow = [...(event.onLeave ?? [])];
    if (event.type === "click-send") return clickSend();
    const made = make(event);
    field.dispatchEvent(made);
    if (!made.defaultPrevented) event.default?.forEach(play);
  };

  field.focus();
  write(trace.start, trace.start.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  page.addEventListener("focusout", onLeave, true);
  trace.events.forEach(play);
  page.removeEventListener("focusout", onLeave, true);
  return field.value;
}
