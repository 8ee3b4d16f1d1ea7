import { searchKey } from "./search-key.ts";

export const SEARCH_OPERATORS = ["from", "in", "before", "after", "has"] as const;
export type SearchOperator = (typeof SEARCH_OPERATORS)[number];

/** An operator whose value names nothing: there is no such person, room or day. */
export interface Unclear {
  operator: SearchOperator;
  value: string;
}

/** What somebody looks for. Of several people any may have written it, in any of several rooms; everything else has to hold together. */
export interface SearchQuery {
  /** Keys (search-key.ts) that a text has to hold, each of them. */
  words: string[];
  from: string[];
  in: string[];
  /** Days as YYYY-MM-DD: earlier than this one, and from this one on. */
  before?: string;
  after?: string;
  hasLink: boolean;
  unclear: Unclear[];
}

const TERM = /(?:\b(from|in|before|after|has):)?(?:"([^"]*)"?|(\S+))/giu;
const LINK = /https?:\/\/[^\s<>"`]/iu;

/** Reads `회의 "새 기능" from:미나 in:"디자인 팀" after:2026-11-01 has:link`. Nothing is an error: what is no operator is a word. */
export function parseSearch(text: string): SearchQuery {
  const query: SearchQuery = { words: [], from: [], in: [], hasLink: false, unclear: [] };
  // Phones write quotation marks of their own.
  for (const [, operator, quoted, bare] of text.normalize("NFC").replace(/[“”„]/g, '"').matchAll(TERM)) {
    const value = (quoted ?? bare ?? "").trim();
    if (operator) take(query, operator.toLowerCase() as SearchOperator, value);
    else query.words.push(...(quoted === undefined ? searchKey(value).split(" ") : [searchKey(value)]));
  }
  query.words = [...new Set(query.words)].filter((word) => word !== "");
  return query;
}

/** False where a query asks for nothing at all, as one of punctuation does. */
export function asksAnything({ words, from, in: rooms, before, after, hasLink, unclear }: SearchQuery): boolean {
  return [words, from, rooms, unclear].some(({ length }) => length > 0) || hasLink || !!before || !!after;
}

/** Whether a text carries an address that can be opened. */
export function hasLink(text: string): boolean {
  return LINK.test(text);
}

/** Names of people and rooms are the same whatever their case and spaces, and with the sign that one writes before them. */
export function nameKey(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replace(/^[@#]|\s/gu, "");
}

function take(query: SearchQuery, operator: SearchOperator, value: string): void {
  if (value === "") query.unclear.push({ operator, value });
  else if (operator === "from" || operator === "in") query[operator].push(value);
  else if (operator === "has" && /^links?$/i.test(value)) query.hasLink = true;
  else if (operator !== "has" && isDay(value)) query[operator] = value;
  else query.unclear.push({ operator, value });
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
