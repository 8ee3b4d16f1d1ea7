"use client";

import { useEffect, useState } from "react";
import type { Entry } from "#lib/client/chat-client.ts";

export interface Rows {
  entries: readonly Entry[];
  /** What changed was added to (or taken from) the beginning: the list keeps its distance from the end. */
  shift: boolean;
  /** Grows when the window has nothing in common with the one before: the list begins anew. */
  generation: number;
}

/**
 * The entries as the virtual list can take them: a change at the beginning and one at the end never come in one step, because it could
 * not tell them apart and would move what one reads.
 */
export function useRows(entries: readonly Entry[]): Rows {
  const [rows, setRows] = useState<Rows & { source: readonly Entry[] }>({
    entries,
    source: entries,
    shift: false,
    generation: 0,
  });
  if (rows.source !== entries) setRows({ ...step(rows, entries), source: entries });
  const isBehind = rows.entries !== rows.source;
  useEffect(() => {
    if (isBehind) setRows((before) => ({ ...before, entries: before.source, shift: false }));
  }, [isBehind]);
  return rows;
}

function step(before: Rows, entries: readonly Entry[]): Rows {
  const { generation } = before;
  const first = before.entries[0]?.key;
  const last = before.entries.at(-1)?.key;
  if (first !== undefined && first === entries[0]?.key) return { entries, shift: false, generation };
  const added = entries.findIndex(({ key }) => key === first);
  const end = added < 0 ? -1 : entries.findLastIndex(({ key }) => key === last);
  if (end < 0) return { entries, shift: false, generation: generation + 1 };
  const front = end === entries.length - 1 ? entries : entries.slice(0, end + 1);
  return { entries: front, shift: true, generation };
}
