"use client";

import { useLayoutEffect, useRef } from "react";
import type { Entry } from "#lib/client/chat-client.ts";

/** Whoever writes wants to see it: one's own new message brings the end into sight, wherever one was reading. */
export function useOwnPosts(entries: readonly Entry[], toEnd: () => void): void {
  const last = entries.at(-1);
  const written = last?.state === "pending" ? last.key : undefined;
  const known = useRef(written);
  useLayoutEffect(() => {
    if (written === undefined || written === known.current) return;
    known.current = written;
    toEnd();
  }, [written, toEnd]);
}
