"use client";

import "pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css";
import "./globals.css";
import { Button } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { catalogOf } from "#lib/i18n/catalogs.ts";

/** The root layout itself failed, so nobody knows whose language this is: it speaks both. */
export default function GlobalError({ retry }: { retry: () => void }) {
  const [ko, en] = [catalogOf("ko").common, catalogOf("en").common];
  return (
    <html lang="ko">
      <body>
        <title>{`${ko.product} · ${en.product}`}</title>
        <main className="grid min-h-dvh place-content-center bg-paper">
          <Empty heading="h1" title={ko.failed.title} text={ko.failed.text} />
          <div lang="en" className="-mt-12 text-center">
            <p className="px-6 pt-4 text-ink-soft">
              {en.failed.title}. {en.failed.text}
            </p>
            <Button variant="primary" className="mt-6" onClick={() => retry()}>
              <span lang="ko">{ko.failed.retry}</span> · {en.failed.retry}
            </Button>
          </div>
        </main>
      </body>
    </html>
  );
}
