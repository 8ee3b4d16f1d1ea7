import { findKeys } from "./search-key.ts";

const LONGEST = 480;
const BEFORE = 120;

/** What is shown of a long text: as much as fits around the first of what was searched for, between words where there are any. */
export function excerpt(text: string, keys: readonly string[]): string {
  if (text.length <= LONGEST) return text;
  const first = findKeys(text, keys)[0]?.[0] ?? 0;
  const from = first <= BEFORE ? 0 : wordAfter(text, Math.min(first - BEFORE, text.length - LONGEST), first);
  const part = text
    .slice(from, from + LONGEST)
    .toWellFormed()
    .replaceAll("\ufffd", "");
  return `${from > 0 ? "…" : ""}${part}${from + LONGEST < text.length ? "…" : ""}`;
}

/** The beginning of a word between the two places; the first of them where there is none. */
function wordAfter(text: string, from: number, end: number): number {
  const gap = text.slice(from, end).search(/\s\S/);
  return gap < 0 ? from : from + gap + 1;
}
