export interface Notice {
  text: string;
  tone: "plain" | "error";
  action?: NoticeAction;
}

/** What one can still do about it, as long as the notice stands. */
export interface NoticeAction {
  label: string;
  run: () => void;
  /** The notice went without it. */
  otherwise?: () => void;
}

const waiting: Notice[] = [];
let listener: (() => void) | undefined;

/** A few words over the page, gone after a moment. What shows them is loaded with the first of them. */
export function notify(text: string, tone: Notice["tone"] = "plain", action?: NoticeAction): void {
  waiting.push({ text, tone, action });
  listener?.();
}

/** For the one who shows them (toaster.tsx): told when there are some, until the returned function is called. */
export function onNotices(tell: () => void): () => void {
  listener = tell;
  if (waiting.length > 0) tell();
  return () => {
    listener = undefined;
  };
}

export function takeNotices(): Notice[] {
  return waiting.splice(0);
}
