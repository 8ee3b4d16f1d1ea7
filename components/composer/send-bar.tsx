"use client";

import { ArrowUp } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Length } from "./message-field.tsx";

interface SendBarProps {
  length: Length;
  enterSends: boolean;
  onSend: () => void;
  /** Id of the sentence that says what is wrong with the text. */
  note: string;
}

/** Under the text: that it is too long, or which key sends; and the button. */
export function SendBar({ length, enterSends, onSend, note }: SendBarProps) {
  const words = useCatalog().chat.composer;
  return (
    <div className="flex min-h-8 items-center gap-3">
      <p id={note} aria-live="polite" className="min-w-0 flex-1 text-tiny text-danger">
        {typeof length === "number" && words.tooLong(length)}
      </p>
      {typeof length === "string" && <SendHint enterSends={enterSends} />}
      <button
        type="button"
        data-testid="send"
        aria-label={words.send}
        aria-disabled={length !== "some"}
        // The field keeps the focus, and phones their keyboard.
        onPointerDown={(event) => event.preventDefault()}
        onClick={onSend}
        className="grid h-8 w-9 shrink-0 place-items-center rounded-lg bg-celadon text-on-accent transition-colors aria-disabled:bg-code aria-disabled:text-ink-soft max-md:h-9 max-md:w-11"
      >
        <ArrowUp size={19} aria-hidden="true" />
      </button>
    </div>
  );
}

/** Which key sends; only where there is a keyboard that has it. */
function SendHint({ enterSends }: { enterSends: boolean }) {
  const words = useCatalog().chat.composer;
  const modifier = useSyncExternalStore(never, modifierKey, () => "Ctrl");
  return (
    <span className="text-tiny whitespace-nowrap text-ink-soft pointer-coarse:hidden max-md:hidden">
      {enterSends ? words.enterSends : words.modifierSends(modifier)}
    </span>
  );
}

const never = () => () => {};
const modifierKey = () => (/Mac|iP(hone|ad|od)/.test(navigator.platform) ? "⌘" : "Ctrl");
