import { linkWithin } from "./link.ts";
import type { Segment } from "./segments.ts";

// At most three backticks: with any number, a line of nothing but backticks would take seconds.
const ATOM = /(?<!`)(`{1,3})(?!`)(.+?)(?<!`)\1(?!`)|https?:\/\/[^\s<>"`]+/giu;
// Messages carry no NUL, so it can stand for what was taken out.
const TAKEN = "\0";
const DEEPEST = 6;
const MARKS = [
  { mark: "**", kind: "strong" },
  { mark: "~~", kind: "strike" },
  { mark: "*", kind: "emphasis" },
] as const;

/** The pieces of lines without code blocks. Marks hold within one line. */
export function inlineSegments(lines: readonly string[]): Segment[] {
  const result: Segment[] = [];
  lines.forEach((line, n) => {
    if (n > 0) add(result, { kind: "text", text: "\n" });
    for (const segment of lineSegments(line)) add(result, segment);
  });
  return result;
}

function lineSegments(line: string): Segment[] {
  const atoms: Segment[] = [];
  const rest = line.replaceAll(TAKEN, "").replace(ATOM, (found: string, ticks: string | undefined, code: string) => {
    if (ticks) {
      atoms.push({ kind: "code", text: code.length > 2 ? code.replace(/^ (.*\S.*) $/, "$1") : code });
      return TAKEN;
    }
    const text = linkWithin(found);
    if (!URL.canParse(text)) return found;
    atoms.push({ kind: "link", href: new URL(text).href, text });
    return TAKEN + found.slice(text.length);
  });
  return marked(rest, atoms, 0);
}

/** Finds marks from left to right; `atoms` are given back in the order in which they were taken out. */
function marked(text: string, atoms: Segment[], depth: number): Segment[] {
  const result: Segment[] = [];
  const hopeless = new Set<string>();
  let from = 0;
  for (let at = 0; at < text.length && depth < DEEPEST; at++) {
    const found = MARKS.find(({ mark }) => text.startsWith(mark, at) && !hopeless.has(mark) && opens(text, at, mark));
    if (!found) continue;
    const { mark, kind } = found;
    const end = closing(text, at + mark.length + 1, mark);
    if (end < 0) {
      // No later one can be closed either, so a long line is read once.
      hopeless.add(mark);
      continue;
    }
    addText(result, text.slice(from, at), atoms);
    result.push({ kind, children: marked(text.slice(at + mark.length, end), atoms, depth + 1) });
    from = end + mark.length;
    at = from - 1;
  }
  addText(result, text.slice(from), atoms);
  return result;
}

/** 2*3*4 is arithmetic: a mark opens where no Latin letter or digit stands before it. */
function opens(text: string, at: number, mark: string): boolean {
  const next = text[at + mark.length] ?? " ";
  return !/[A-Za-z0-9*~]/.test(text[at - 1] ?? " ") && !/\s/.test(next) && !(mark === "*" && next === "*");
}

/** A mark closes before a Korean particle, whatever stands before it: **마크다운(Markdown)**을. CommonMark alone would not. */
function closing(text: string, from: number, mark: string): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    const isRun = text[at + mark.length] === mark[0] || (mark === "*" && text[at - 1] === "*");
    if (!isRun && !/\s/.test(text[at - 1] ?? " ") && !/[A-Za-z0-9]/.test(text[at + mark.length] ?? " ")) return at;
  }
  return -1;
}

function addText(result: Segment[], text: string, atoms: Segment[]): void {
  text.split(TAKEN).forEach((part, n) => {
    const atom = n > 0 ? atoms.shift() : undefined;
    if (atom) result.push(atom);
    if (part !== "") add(result, { kind: "text", text: part });
  });
}

function add(result: Segment[], segment: Segment): void {
  const last = result.at(-1);
  if (last?.kind === "text" && segment.kind === "text")
    result[result.length - 1] = { kind: "text", text: last.text + segment.text };
  else result.push(segment);
}
