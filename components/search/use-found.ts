"use client";

import { useCallback, useEffect, useState } from "react";
import { isRefusal, type Refusal } from "#lib/chat/refusal.ts";
import type { SearchAnswer } from "#lib/chat/search.ts";
import { callApi } from "#lib/client/api.ts";

/** What was found for a query. */
export interface Found {
  query: string;
  /** Absent where it is still to be asked for, or could not be had. */
  answer?: SearchAnswer;
  refusal?: Refusal;
}

interface Searching extends Found {
  isLoading: boolean;
  /** Asks again, for what could not be had. */
  retry(): void;
  /** The next page, after what is there. */
  more(): void;
}

/** What is found for the query of the address: what the server rendered it with, or asked for whenever it is another one. */
export function useFound(query: string, rendered: Found): Searching {
  const [found, setFound] = useState(rendered);
  const [wanted, setWanted] = useState<{ query: string; before?: string }>();
  const isNew = found.query !== query || (!found.answer && !found.refusal);
  const before = wanted?.query === query ? wanted.before : undefined;
  const isLoading = (isNew || before !== undefined) && query !== "";
  useEffect(() => {
    if (!isLoading) return;
    let current = true;
    ask(query, before).then(
      (answer) => {
        if (!current) return;
        setFound((known) => ({ query, answer: before === undefined ? answer : joined(known.answer, answer) }));
        setWanted(undefined);
      },
      (error: unknown) => {
        if (!isRefusal(error)) throw error;
        if (!current) return;
        setFound((known) => ({ query, answer: before === undefined ? undefined : known.answer, refusal: error }));
        setWanted(undefined);
      },
    );
    return () => {
      current = false;
    };
  }, [isLoading, query, before]);
  const next = found.answer?.next;
  const more = useCallback(() => next !== undefined && setWanted({ query, before: next }), [query, next]);
  const retry = useCallback(() => (next === undefined ? setFound({ query }) : more()), [query, next, more]);
  return { ...(found.query === query ? found : { query }), isLoading, retry, more };
}

function ask(query: string, before: string | undefined): Promise<SearchAnswer> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const asked = new URLSearchParams({ q: query, zone: timeZone, ...(before !== undefined && { before }) });
  return callApi<SearchAnswer>("GET", `/api/search?${asked}`);
}

function joined(known: SearchAnswer | undefined, { messages, ...rest }: SearchAnswer): SearchAnswer {
  return { ...rest, messages: [...(known?.messages ?? []), ...messages] };
}
