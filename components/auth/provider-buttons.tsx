"use client";

import { useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import { isRefusal } from "#lib/chat/refusal.ts";
import { signInWith } from "#lib/client/sign-in.ts";
import type { Catalog } from "#lib/i18n/en.ts";
import { wordRefusal } from "#lib/i18n/word-refusal.ts";
import { ProviderSymbol } from "./provider-symbol.tsx";

type Known = keyof Catalog["auth"]["providers"];

/** The configured ways to sign in elsewhere, each in its owner's own colours and words. */
export function ProviderButtons({ providers, next }: { providers: { id: string; name: string }[]; next: string }) {
  const catalog = useWholeCatalog();
  const [leaving, setLeaving] = useState<string>();
  const [error, setError] = useState<string>();
  const { auth } = catalog;
  if (providers.length === 0) return null;

  async function leave(provider: string) {
    if (leaving) return;
    setLeaving(provider);
    setError(undefined);
    try {
      await signInWith(provider, next);
    } catch (refused) {
      if (!isRefusal(refused)) throw refused;
      setLeaving(undefined);
      setError(refused.code === "unauthenticated" ? auth.signIn.providerFailed : wordRefusal(catalog, refused));
    }
  }

  return (
    <div className="mt-5">
      <p className="flex items-center gap-3 text-tiny text-ink-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {auth.signIn.or}
      </p>
      <div className="mt-3 grid gap-2">
        {providers.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            aria-busy={leaving === id || undefined}
            onClick={() => leave(id)}
            className={classNames(
              "relative flex h-11 items-center justify-center rounded-[12px] px-12 font-semibold",
              COLOURS[id as Known] ?? "border border-control-line bg-raised text-ink hover:bg-hover",
            )}
          >
            <ProviderSymbol provider={id} className="absolute start-4 size-4.5" />
            {auth.providers[id as Known] ?? auth.otherProvider(name)}
          </button>
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-2 text-small text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

// Their owners' design rules fix these colours in both themes; Kakao's label is black at 85%. Of Naver's two buttons this is the white one:
// white letters on its green (#03c75a) have a contrast of 2.3:1.
const COLOURS: Record<Known, string> = {
  kakao: "bg-[#fee500] text-[rgb(0_0_0/0.85)]",
  naver: "border border-control-line bg-[#ffffff] text-[#000000]",
  google: "border border-[#747775] bg-[#ffffff] text-[#1f1f1f]",
  github: "border border-control-line bg-[#24292f] text-[#ffffff]",
};
