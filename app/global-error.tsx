"use client";

import "pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css";
import "./globals.css";
import { Button } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { failed as en } from "#lib/i18n/en/failed.ts";
import { failed as ko } from "#lib/i18n/ko/failed.ts";

/** The root layout itself failed, so nobody knows whose language this is: it speaks both. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="ko">
      <body>
        <title>{`${ko.title} · ${en.title}`}</title>
        <main className="grid min-h-dvh place-content-center bg-paper">
          <Empty heading="h1" title={ko.title} text={ko.text} />
          <div lang="en" className="-mt-12 text-center">
            <p className="px-6 pt-4 text-ink-soft">
              {en.title}. {en.text}
            </p>
            <Button variant="primary" className="mt-6" onClick={() => retry()}>
              <span lang="ko">{ko.retry}</span> · {en.retry}
            </Button>
          </div>
        </main>
      </body>
    </html>
  );
}
