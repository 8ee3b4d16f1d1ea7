import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One short conversation: who says what, speakers as letters. */
export type Exchange = readonly { speaker: string; text: string }[];

/** Reads talk/NAME.txt: conversations parted by an empty line, each line `LETTER: text`; a line without a letter goes on with the last. */
export function readTalk(name: string): Exchange[] {
  const text = readFileSync(join(import.meta.dirname, "talk", `${name}.txt`), "utf8");
  return text.trim().split(/\n\n+/).map(parse);
}

function parse(block: string): Exchange {
  const lines: { speaker: string; text: string }[] = [];
  for (const line of block.split("\n")) {
    const [, speaker, text] = /^([A-Z]): (.*)$/.exec(line) ?? [];
    const last = lines.at(-1);
    if (speaker && text !== undefined) lines.push({ speaker, text });
    else if (last) last.text += `\n${line}`;
  }
  return lines;
}
