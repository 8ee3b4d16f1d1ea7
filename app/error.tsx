"use client";

import { Button } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";

/** A defect on one page; the server has logged it. */
export default function ErrorPage({ retry }: { retry: () => void }) {
  const { failed } = useCatalog().common;
  return (
    <main className="grid min-h-dvh place-items-center bg-paper">
      <Empty heading="h1" title={failed.title} text={failed.text}>
        <Button variant="primary" onClick={() => retry()}>
          {failed.retry}
        </Button>
      </Empty>
    </main>
  );
}
