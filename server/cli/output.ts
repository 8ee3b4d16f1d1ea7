import type { Command } from "commander";
import { isRefusal } from "#lib/chat/refusal.ts";
import { refusals } from "#lib/i18n/en/refusals.ts";

/** What every command has. */
export interface Flags {
  json?: boolean;
}

/** A subcommand that can answer in JSON. */
export function subcommand(parent: Command, name: string, description: string): Command {
  return parent.command(name).description(description).option("--json", "answer with JSON, for scripts");
}

/** The answer: JSON on one line for scripts, a sentence or lines for people. */
export function answer(flags: Flags, value: unknown, words: string): void {
  process.stdout.write(`${flags.json ? JSON.stringify(value) : words}\n`);
}

/** Rows in columns as wide as their longest cell. */
export function table(head: string[], rows: string[][]): string {
  if (rows.length === 0) return "none";
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => width(row[column] ?? "")), title.length),
  );
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] as number) - width(cell)))
      .join("  ")
      .trimEnd();
  return [head, ...rows].map(line).join("\n");
}

/** One sentence on the error output. */
export function complain(error: Error): void {
  process.stderr.write(`${isRefusal(error) ? inWords(error.code, error.field) : error.message}\n`);
}

function inWords(code: keyof typeof refusals, field: string | undefined): string {
  return field ? `${refusals[code]} (${field})` : refusals[code];
}

// Hangul, Han and Kana take two columns of a terminal.
function width(text: string): number {
  return [...text].reduce(
    (sum, letter) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(letter) ? 2 : 1),
    0,
  );
}

/** Says on a terminal how far long work has come; says nothing to scripts. */
export function progress(
  what: string,
  total: number,
  output: NodeJS.WriteStream = process.stderr,
): (more: number) => void {
  let done = 0;
  return (more) => {
    done += more;
    if (!output.isTTY) return;
    output.write(
      `\r\u001b[K${what}: ${done.toLocaleString("en")} of ${total.toLocaleString("en")}${done >= total ? "\n" : ""}`,
    );
  };
}
