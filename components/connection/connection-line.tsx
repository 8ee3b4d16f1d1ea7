"use client";

import { classNames } from "#components/ui/class-names.ts";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { useChat } from "./chat-provider.tsx";
import { useReadable } from "./use-readable.ts";

/** One quiet line while the connection is away, or what one wrote waits for a busy server; silent otherwise. */
export function ConnectionLine() {
  const words = useCatalog().chat.connection;
  const { connection, heldUp } = useChat();
  const { state } = useReadable(connection);
  const isHeldUp = useReadable(heldUp);
  return (
    <div
      data-testid="connection"
      data-state={state}
      role="status"
      className={classNames(
        "min-h-5 min-w-px truncate text-small text-ink-soft",
        // A connection that comes within a moment needs no words.
        state === "connecting" && "animate-late",
      )}
    >
      {state === "online" ? isHeldUp && words.busy : words[state]}
    </div>
  );
}
