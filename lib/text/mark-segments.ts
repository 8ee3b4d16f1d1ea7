import { findKeys } from "./search-key.ts";
import type { Segment } from "./segments.ts";

/** The same pieces, with what was searched for (keys of search-key.ts) marked in their text. Code and addresses stay as they are. */
export function markSegments(pieces: readonly Segment[], keys: readonly string[]): Segment[] {
  return pieces.flatMap((piece) => {
    if (piece.kind === "text") return markText(piece.text, keys);
    return "children" in piece ? [{ ...piece, children: markSegments(piece.children, keys) }] : [piece];
  });
}

function markText(text: string, keys: readonly string[]): Segment[] {
  const result: Segment[] = [];
  let from = 0;
  for (const [start, end] of findKeys(text, keys)) {
    if (start > from) result.push({ kind: "text", text: text.slice(from, start) });
    result.push({ kind: "mark", children: [{ kind: "text", text: text.slice(start, end) }] });
    from = end;
  }
  if (from < text.length) result.push({ kind: "text", text: text.slice(from) });
  return result;
}
