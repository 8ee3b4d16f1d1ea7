"use client";

import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { SearchAnswer } from "#lib/chat/search.ts";
import { wordRefusal } from "#lib/i18n/word-refusal.ts";
import { parseSearch } from "#lib/text/search-query.ts";
import { SearchHit } from "./search-hit.tsx";
import type { useFound } from "./use-found.ts";

/** What was found, newest first; or why nothing is there. */
export function SearchResults({ found }: { found: ReturnType<typeof useFound> }) {
  const catalog = useWholeCatalog();
  const words = catalog.search;
  const { query, answer, refusal, isLoading, more, retry } = found;
  return (
    <>
      <p role="status" className="min-h-9 pt-3 pb-1 text-small text-ink-soft">
        {answer && answer.messages.length > 0 && words.found(answer.messages.length, answer.next !== undefined)}
        {isLoading && !answer && <span className="sr-only">{words.searching}</span>}
      </p>
      {answer?.preparing && <p className="mb-3 rounded-lg bg-code px-3.5 py-2 text-small">{words.preparing}</p>}
      {!answer && isLoading && <Loading />}
      {answer && <Hits query={query} messages={answer.messages} />}
      {answer && !refusal && answer.messages.length === 0 && <Nothing query={query} answer={answer} />}
      {refusal && (
        <Failed title={words.failed} text={wordRefusal(catalog, refusal)}>
          <Button onClick={retry}>{words.retry}</Button>
        </Failed>
      )}
      {answer?.next !== undefined && !refusal && (
        <div className="flex justify-center pt-4">
          <Button onClick={more} busy={isLoading}>
            {words.more}
          </Button>
        </div>
      )}
    </>
  );
}

function Hits({ query, messages }: { query: string; messages: SearchAnswer["messages"] }) {
  const words = useWholeCatalog().search;
  if (messages.length === 0) return null;
  const keys = parseSearch(query).words;
  return (
    <ol aria-label={words.results} className="grid gap-2">
      {messages.map((message) => (
        <SearchHit key={message.id} message={message} keys={keys} />
      ))}
    </ol>
  );
}

function Nothing({ query, answer }: { query: string; answer: SearchAnswer }) {
  const { none, noneHint, noneYet, noneYetHint, unclear } = useWholeCatalog().search;
  if (answer.next !== undefined) return <Empty title={noneYet} text={noneYetHint} />;
  const reasons = (answer.unclear ?? []).map(({ operator, value }) => unclear[operator as keyof typeof unclear](value));
  return <Empty title={none(query)} text={reasons.length > 0 ? reasons.join(" ") : noneHint} />;
}

function Failed({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div role="alert">
      <Empty title={title} text={text}>
        {children}
      </Empty>
    </div>
  );
}

function Loading() {
  return (
    <div className="grid gap-2">
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="grid gap-2.5 rounded-xl border border-line p-3.5">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-3 w-4/5" />
        </div>
      ))}
    </div>
  );
}
