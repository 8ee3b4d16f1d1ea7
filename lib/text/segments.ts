import { inlineSegments } from "./inline-segments.ts";

/** A piece of a message. Nothing in it is HTML: `text` is to be shown as it is, with its line breaks. */
export type Segment =
  | { kind: "text"; text: string }
  | { kind: "link"; href: string; text: string }
  | { kind: "code"; text: string }
  | { kind: "block"; language: string; text: string }
  | { kind: "strong" | "emphasis" | "strike" | "mark"; children: Segment[] };

const FENCE = /^ {0,3}```([^`]*)$/;

/** A message's text as pieces: code blocks, inline code, http(s) links, **strong**, *emphasis*, ~~strike~~, and text. A block that is not closed goes on to the end. */
export function segments(text: string): Segment[] {
  const result: Segment[] = [];
  const plain: string[] = [];
  const flush = () => {
    if (plain.length > 0) result.push(...inlineSegments(plain.splice(0)));
  };
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  for (let n = 0; n < lines.length; n++) {
    const fence = FENCE.exec(lines[n] as string);
    if (!fence) {
      plain.push(lines[n] as string);
      continue;
    }
    flush();
    const end = lines.findIndex((line, at) => at > n && /^ {0,3}```\s*$/.test(line));
    const last = end < 0 ? lines.length : end;
    result.push({ kind: "block", language: (fence[1] ?? "").trim(), text: lines.slice(n + 1, last).join("\n") });
    n = last;
  }
  flush();
  return result;
}
