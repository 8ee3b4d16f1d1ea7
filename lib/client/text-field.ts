export type TextField = HTMLTextAreaElement | HTMLInputElement;

const NOT_TYPED = new Set(["button", "submit", "reset", "checkbox", "radio", "file", "image", "range", "color"]);

/** True for what one types into. Judged by its tag, so that it holds across frames and in tests without a browser. */
export function isTextField(target: EventTarget | null): target is TextField {
  const tag = (target as { tagName?: string } | null)?.tagName?.toUpperCase();
  return tag === "TEXTAREA" || (tag === "INPUT" && !NOT_TYPED.has((target as HTMLInputElement).type));
}

/** Sets the text and tells so by an `input` event. Goes past the setter that React puts on the element, otherwise React would not notice. */
export function setFieldValue(field: TextField, value: string): void {
  const native = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set;
  if (native) native.call(field, value);
  else field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
