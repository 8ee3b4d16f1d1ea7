import { type ComposedScript, composedScript } from "./composed-script.ts";
import { type EnterMode, enterSubmits, type Modifiers } from "./enter-meaning.ts";
import { isTextField, setFieldValue, type TextField } from "./text-field.ts";

export interface SubmitLatchOptions {
  /** The text as it stands in the field. Return true when it was taken: the field is emptied then, and an `input` event tells so. */
  onSubmit(text: string, field: TextField): boolean | undefined;
  /** Read at every press. */
  enter(): EnterMode;
  /** Whether Enter comes from a keyboard on the screen. Read at every press. */
  touch(): boolean;
  /** A key that belongs to no composition and is not a submitting Enter. */
  onKey?(event: KeyboardEvent): void;
}

/** One physical press of Enter. A press may come as keydown 229 and again as a second, clean keydown; it acts once. */
interface Press {
  at: number;
  phase: "waiting" | "done" | "confirming" | "breaking";
}

// A keyup can be lost (a dialog opened, the window changed); a clean second keydown comes within milliseconds.
const PRESS_LASTS = 1_000;
const EVENTS = [
  "keydown",
  "keyup",
  "compositionstart",
  "compositionupdate",
  "compositionend",
  "beforeinput",
  "input",
  "focusout",
];
const NO_KEYS: Modifiers = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

/**
 * Decides which Enter submits a text field, in every order in which platforms deliver it (tests/traces): at most once a physical press, with the value that
 * stands in the DOM when the composition has ended, never on the Enter that confirms a candidate. `element` is the field, or a form around fields.
 */
export class SubmitLatch {
  private readonly element: HTMLElement;
  private readonly options: SubmitLatchOptions;
  private press: Press | undefined;
  private composing: { field: TextField; updates: string; last: string } | undefined;
  /** What the composition that has just ended was: Safari ends it before the keydown that ended it. */
  private justEnded: ComposedScript | undefined;
  /** Android tells no key (`Unidentified`, 229): the line break it is about to make is the only sign of Enter. */
  private unknownKey = false;
  private submitAtEnd = false;
  /**
   * Hangul came without a composition: the keyboard of iOS deletes and inserts instead, and would go on with the last syllable after the field was emptied.
   */
  private remembered = false;
  /** The text that was taken, until the next key: what an input method puts back of it is removed. */
  private taken: string | undefined;

  constructor(element: HTMLElement, options: SubmitLatchOptions) {
    this.element = element;
    this.options = options;
    for (const type of EVENTS) element.addEventListener(type, this);
  }

  /** Stops listening. */
  release(): void {
    for (const type of EVENTS) this.element.removeEventListener(type, this);
  }

  isComposing(): boolean {
    return this.composing !== undefined;
  }

  /** The Send button: ends a composition first, so that no half syllable is sent and none is left behind. */
  submit(): void {
    const field = this.composing?.field ?? (isTextField(this.element) ? this.element : undefined);
    if (!field) return;
    if (this.composing) {
      this.submitAtEnd = true;
      leaveAndReturn(field);
      if (!this.submitAtEnd) return;
      this.submitAtEnd = false;
      this.composing = undefined;
    }
    this.fire(field);
  }

  handleEvent(event: Event): void {
    const field = event.target;
    if (!isTextField(field)) return;
    if (event.type === "keydown") this.keydown(event as KeyboardEvent, field);
    else if (event.type === "keyup") this.keyup(event as KeyboardEvent);
    else if (event.type === "beforeinput") this.beforeInput(event as InputEvent, field);
    else if (event.type === "input") this.input(event as InputEvent, field);
    else if (event.type === "focusout") this.blur(field);
    else this.composition(event as CompositionEvent, field);
  }

  private keydown(event: KeyboardEvent, field: TextField): void {
    if (!isEnter(event)) {
      this.otherKey(event);
      return;
    }
    if (!this.press) this.taken = undefined;
    const submits = this.submits(event, field);
    const composing = this.composing !== undefined || event.isComposing;
    if (event.repeat && !composing) {
      if (submits) event.preventDefault();
    } else if (composing) {
      this.press = { at: event.timeStamp, phase: submits ? "waiting" : "breaking" };
    } else if (event.keyCode === 229 && this.justEnded !== undefined && this.justEnded !== "hangul") {
      this.press = { at: event.timeStamp, phase: this.justEnded === "candidate" ? "confirming" : "waiting" };
    } else {
      this.cleanEnter(event, field, submits);
    }
    this.justEnded = undefined;
  }

  private cleanEnter(event: KeyboardEvent, field: TextField, submits: boolean): void {
    const same = this.press && event.timeStamp - this.press.at < PRESS_LASTS ? this.press : undefined;
    if (same?.phase === "breaking" || !submits) {
      this.press = { at: event.timeStamp, phase: "breaking" };
      this.options.onKey?.(event);
      return;
    }
    event.preventDefault();
    if (same?.phase === "done" || same?.phase === "confirming") {
      // The next clean keydown is another press, even if this one's keyup gets lost.
      this.press = undefined;
      return;
    }
    this.press = undefined;
    this.fire(field);
  }

  private otherKey(event: KeyboardEvent): void {
    this.taken = undefined;
    this.press = undefined;
    this.justEnded = undefined;
    this.unknownKey = event.keyCode === 229 && (event.key === "Unidentified" || event.key === "");
    if (!this.composing && !event.isComposing && event.keyCode !== 229) this.options.onKey?.(event);
  }

  private keyup(event: KeyboardEvent): void {
    this.justEnded = undefined;
    if (isEnter(event)) this.press = undefined;
  }

  private composition(event: CompositionEvent, field: TextField): void {
    if (event.type === "compositionend") {
      this.compositionEnd(event, field);
    } else if (event.type === "compositionstart") {
      this.taken = undefined;
      this.justEnded = undefined;
      this.remembered = false;
      this.composing = { field, updates: "", last: "" };
    } else if (this.composing) {
      this.composing.updates += event.data;
      this.composing.last = event.data || this.composing.last;
    }
  }

  private compositionEnd(event: CompositionEvent, field: TextField): void {
    const { updates, last } = this.composing ?? { updates: "", last: "" };
    this.composing = undefined;
    if (this.submitAtEnd) {
      this.submitAtEnd = false;
      this.fire(field);
      return;
    }
    const script = composedScript(updates, event.data || last);
    if (this.press?.phase !== "waiting") {
      this.justEnded = script;
    } else if (script === "hangul") {
      this.press.phase = "done";
      this.fire(field);
    } else if (script === "candidate") {
      this.press.phase = "confirming";
    }
  }

  private beforeInput(event: InputEvent, field: TextField): void {
    const breaksLine =
      event.inputType === "insertLineBreak" || event.inputType === "insertParagraph" || event.data === "\n";
    if (!breaksLine || this.composing) return;
    const phase = this.press?.phase;
    if (phase === "breaking") return;
    if (phase === undefined && !(this.unknownKey && this.submits(NO_KEYS, field))) return;
    event.preventDefault();
    // The input method let Enter through: it was Enter after all.
    if (phase === undefined || phase === "waiting") this.fire(field);
    if (this.press) this.press.phase = "done";
    this.unknownKey = false;
  }

  private input(event: InputEvent, field: TextField): void {
    if (event.inputType === "insertText" && !this.composing)
      this.remembered = /\p{Script=Hangul}/u.test(event.data ?? "");
    if (this.taken === undefined || !event.data) return;
    // Late echo of the syllable that was just sent.
    if (this.taken.endsWith(event.data) && field.value === event.data) setFieldValue(field, "");
  }

  private blur(field: TextField): void {
    this.press = undefined;
    this.justEnded = undefined;
    if (!this.composing) return;
    this.composing = undefined;
    if (this.submitAtEnd) {
      this.submitAtEnd = false;
      this.fire(field);
    }
  }

  private submits(keys: Modifiers, field: TextField): boolean {
    const { value } = field;
    const caret = field.selectionStart ?? value.length;
    return enterSubmits(this.options.enter(), keys, { value, caret, touch: this.options.touch() });
  }

  private fire(field: TextField): void {
    if (this.remembered) leaveAndReturn(field);
    this.remembered = false;
    const text = field.value;
    if (this.options.onSubmit(text, field) !== true) return;
    setFieldValue(field, "");
    this.taken = text;
  }
}

// Windows tells `Process` instead of the key while an input method has it.
function isEnter(event: KeyboardEvent): boolean {
  return event.key === "Enter" || event.code === "Enter" || event.code === "NumpadEnter";
}

/** Ends a composition at once and empties the keyboard's memory, in every browser; the keyboard stays where it is. */
function leaveAndReturn(field: TextField): void {
  field.blur();
  field.focus({ preventScroll: true });
}
