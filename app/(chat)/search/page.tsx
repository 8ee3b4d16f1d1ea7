import type { Metadata } from "next";
import { headers } from "next/headers";
import { SearchPane } from "#components/search/search-pane.tsx";
import type { Found } from "#components/search/use-found.ts";
import { isRefusal } from "#lib/chat/refusal.ts";
import { searchInput } from "#lib/chat/search.ts";
import { runtime } from "#server/runtime.ts";
import { currentCatalog, requireActor } from "../../session.ts";
import { timeZone } from "../time-zone.ts";

interface SearchPageProps {
  searchParams: Promise<{ q?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentCatalog()).search.title };
}

/** What was found is in the first HTML; the browser goes on from there. */
export default async function SearchPage({ searchParams }: SearchPageProps) {
  const { q } = await searchParams;
  const query = (Array.isArray(q) ? q[0] : q)?.trim() ?? "";
  return <SearchPane rendered={await find(query)} />;
}

async function find(query: string): Promise<Found> {
  const actor = await requireActor(query === "" ? "/search" : `/search?q=${encodeURIComponent(query)}`);
  if (query === "") return { query, answer: { messages: [] } };
  const input = searchInput.safeParse({ q: query, zone: await timeZone() });
  // One request of the browser, which is told what is wrong with it.
  if (!input.success) return { query };
  const { chat, count } = runtime();
  try {
    count(actor, await headers(), "reads");
    return { query, answer: await chat.messages.search(actor, input.data) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { query };
  }
}
