"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { PaneHeader } from "#components/connection/pane-header.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import { SearchHint } from "./search-hint.tsx";
import { SearchResults } from "./search-results.tsx";
import { type Found, useFound } from "./use-found.ts";

/** Searches messages. The query is in the address, so that one comes back to it, and can send it to somebody. */
export function SearchPane({ rendered }: { rendered: Found }) {
  const words = useWholeCatalog().search;
  const query = useSearchParams().get("q")?.trim() ?? "";
  const found = useFound(query, rendered);
  return (
    <section aria-label={words.title} className="flex h-full min-h-0 flex-col bg-paper">
      <Header />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-3xl px-4 pt-4 pb-12 md:px-5">
          <Query query={query} />
          {query === "" ? <SearchHint /> : <SearchResults found={found} />}
        </div>
      </div>
    </section>
  );
}

function Header() {
  const words = useWholeCatalog().search;
  return (
    <PaneHeader back={words.back}>
      <h1 className="truncate text-large font-bold tracking-tight">{words.title}</h1>
    </PaneHeader>
  );
}

function Query({ query }: { query: string }) {
  const words = useWholeCatalog().search;
  const [text, setText] = useState(query);
  const [seen, setSeen] = useState(query);
  // Another address, as on the way back: what stands in the field is its query.
  if (seen !== query) {
    setSeen(query);
    setText(query);
  }
  const field = useRef<HTMLElement>(null);
  useEffect(() => {
    if (window.location.search === "") field.current?.querySelector("input")?.focus();
  }, []);
  return (
    <search ref={field}>
      <SearchInput label={words.label} value={text} onValueChange={setText} onEnter={go} most={LIMITS.search.query} />
    </search>
  );
}

function go(text: string) {
  const path = `/search?${new URLSearchParams({ q: text.trim() })}`;
  if (path !== window.location.pathname + window.location.search) window.history.pushState(null, "", path);
}
