"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { copyText } from "./copy-text.ts";
import { useCatalog } from "./i18n-provider.tsx";

/** Copies a text, also on plain http where the clipboard API does not exist. Says so for two seconds. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { common } = useCatalog();
  const self = useRef<HTMLButtonElement>(null);
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    setCopied(await copyText(text, self.current?.parentElement ?? document.body));
    self.current?.focus();
  }

  return (
    <Button ref={self} variant="primary" onClick={copy} className="min-w-28">
      {copied ? <Check size={17} aria-hidden="true" /> : <Copy size={17} aria-hidden="true" />}
      <span aria-live="polite">{copied ? common.copied : label}</span>
    </Button>
  );
}
