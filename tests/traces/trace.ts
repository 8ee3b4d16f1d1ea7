import type { EnterMode } from "#lib/client/enter-meaning.ts";

/** What the browser does to the field before it tells of it. `compose` replaces the composition that is under way. */
export type Edit = { compose: string } | { commit: string } | { insert: string } | { delete: number };

/** One event as a platform delivers it. */
export interface TraceEvent {
  type:
    | "keydown"
    | "keypress"
    | "keyup"
    | "compositionstart"
    | "compositionupdate"
    | "compositionend"
    | "beforeinput"
    | "input"
    | "click-send";
  key?: string;
  code?: string;
  keyCode?: number;
  isComposing?: boolean;
  repeat?: boolean;
  shiftKey?: boolean;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
  inputType?: string;
  data?: string;
  edits?: Edit[];
  /** What follows unless the event was prevented. */
  default?: TraceEvent[];
  /** What the browser does when the field is left during this event. */
  onLeave?: TraceEvent[];
  /** What happens instead when the field was left since the last event that says so: the keyboard has forgotten. */
  ifLeft?: TraceEvent[];
}

/** The order in which one platform delivers one act of typing, and what must come of it. */
export interface Trace {
  platform: string;
  claim: string;
  enter: EnterMode;
  touch: boolean;
  /** The text in the field at the beginning. */
  start: string;
  events: TraceEvent[];
  sent: string[];
  left: string;
}
