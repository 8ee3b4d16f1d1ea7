"use client";

import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";

/** Where nothing is asked yet: how one asks. */
export function SearchHint() {
  const { hint, less, operators } = useWholeCatalog().search;
  return (
    <div className="pt-5">
      <p className="max-w-[60ch] text-ink-soft">{hint}</p>
      <h2 className="mt-6 mb-2 text-small font-semibold">{less}</h2>
      <dl className="grid gap-x-6 gap-y-1 sm:gap-y-2.5 sm:grid-cols-[auto_minmax(0,1fr)]">
        {Object.values(operators).map(([example, meaning]) => (
          <div key={example} className="contents">
            <dt>
              <code className="rounded-sm bg-code px-1.5 py-0.5 font-mono text-small wrap-anywhere">{example}</code>
            </dt>
            <dd className="text-small text-ink-soft max-sm:mb-3">{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
