"use client";

import { useSyncExternalStore } from "react";
import type { Readable } from "#lib/client/chat-client.ts";

/** What a Readable of lib/client holds now; renders again when it changes. */
export function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get, readable.get);
}
