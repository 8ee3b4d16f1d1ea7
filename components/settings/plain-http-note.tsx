"use client";

import { useSyncExternalStore } from "react";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";

/** What is missing where the browser sees no secure context: plain http from another device. Said here and nowhere else. */
export function PlainHttpNote() {
  const { settings } = useWholeCatalog();
  const isSecure = useSyncExternalStore(never, isSecureContext, () => true);
  return isSecure ? null : <p className="mt-8 text-small text-ink-soft">{settings.plainHttp}</p>;
}

const never = () => () => {};
const isSecureContext = () => window.isSecureContext;
