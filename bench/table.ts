import type { Contender } from "./contenders/contender.ts";
import type { Cell, Row } from "./rounds.ts";

/** Of these nothing is worth a line while all of them are 0. */
const FAULTS = new Set(["out of order", "connections given up"]);

/** A line for every value of every figure, a column for every contender. */
export function printTable(rows: Row[], contenders: Contender[]): void {
  const lines = [["figure", "", ...contenders.map(({ title }) => title)]];
  let figure = "";
  for (const row of rows.filter(isTold)) {
    lines.push([row.figure === figure ? "" : row.figure, row.value, ...printed(row, contenders)]);
    figure = row.figure;
  }
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const [number, line] of lines.entries()) {
    console.log(`| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
    if (number === 0) console.log(`| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
  }
  const cells = rows.flatMap((row) => Object.values(row.cells));
  if (cells.some((cell) => cell.saturated))
    console.log(
      "\n* The load generator had no time left, or was given none: what stands here of speed and latency is about itself.",
    );
  if (cells.some((cell) => cell.coarse))
    console.log("\n~ Too coarse: less than 20 steps of 10 ms, in which the system counts processor time, were used.");
}

/** The rows of a figure in a line each, without a table around them. */
export function brief(rows: Row[], contenders: Contender[]): string[] {
  return rows.filter(isTold).map((row) => {
    const cells = printed(row, contenders).map((cell, index) => cell && `${contenders[index]?.name} ${cell}`);
    return `  ${row.value}: ${cells.filter(Boolean).join(", ")}`;
  });
}

/** How the generator fared is told by the star, and in full by --json. */
function isTold({ value, cells }: Row): boolean {
  if (value.startsWith("generator")) return false;
  return !FAULTS.has(value) || Object.values(cells).some((cell) => cell.most !== 0);
}

function printed(row: Row, contenders: Contender[]): string[] {
  const ours = row.value.startsWith("CPU µs") ? row.cells.broker : undefined;
  return contenders.map(({ name }) => print(row.cells[name], ours));
}

function print(cell: Cell | undefined, ours: Cell | undefined): string {
  if (!cell) return "";
  const { median, least, most, saturated, coarse } = cell;
  const spread = least === most ? "" : ` (${short(least)}–${short(most)})`;
  const ratio = ours && ours !== cell ? ` ×${(median / ours.median).toFixed(2)}` : "";
  return `${coarse ? "~" : ""}${short(median)}${saturated ? "*" : ""}${spread}${ratio}`;
}

function short(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
