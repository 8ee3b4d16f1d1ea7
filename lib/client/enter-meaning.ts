/**
 * What Enter does in a field: `submits` in search, dialogs and the quick switcher; `sends` in the composer; `breaks` in the composer when the setting is
 * turned round.
 */
export type EnterMode = "submits" | "sends" | "breaks";

export interface Modifiers {
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Whether this Enter submits, or is left to the browser (a line break, an input method's own command). */
export function enterSubmits(
  mode: EnterMode,
  keys: Modifiers,
  field: { value: string; caret: number; touch: boolean },
): boolean {
  // Option+Enter opens the list of Hanja on macOS.
  if (keys.altKey) return false;
  if (mode === "submits") return true;
  if (keys.shiftKey) return false;
  if (keys.ctrlKey || keys.metaKey) return true;
  return mode === "sends" && !field.touch && !insideCodeBlock(field.value.slice(0, field.caret));
}

/** True when the text ends inside a ``` block that is not closed yet. */
function insideCodeBlock(before: string): boolean {
  return (before.match(/^ {0,3}```/gm)?.length ?? 0) % 2 === 1;
}
