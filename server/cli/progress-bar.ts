import type { Step } from "#server/store/archive/rows.ts";

const WIDTH = 24;
/** Milliseconds between two drawings. */
const PAUSE = 100;

interface Output {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows how far long work has come: one bar on a terminal, elsewhere a line for every table that is done. `total` counts every row of every pass. */
export function progressBar(total: number, output: Output = process.stderr, now = () => performance.now()) {
  return output.isTTY ? drawn(total, output, now) : told(output);
}

function drawn(total: number, output: Output, now: () => number) {
  const began = now();
  let done = 0;
  let last = Number.NEGATIVE_INFINITY;
  return {
    step({ what, table, rows }: Step): void {
      done += rows;
      if (now() - last < PAUSE && done < total) return;
      last = now();
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const bar = "█".repeat(Math.round(share * WIDTH)).padEnd(WIDTH, "░");
      const left = share > 0 ? Math.ceil(((now() - began) * (1 - share)) / share / 1_000) : 0;
      const rest = left > 1 ? `, about ${left} s left` : "";
      output.write(`\r\u001b[K${bar} ${Math.floor(share * 100)} %  ${what} ${table}${rest}`);
    },
    end(): void {
      output.write("\r\u001b[K");
    },
  };
}

function told(output: Output) {
  let current: Step | undefined;
  const tell = () => {
    if (current) output.write(`${current.what} ${current.table}: ${current.rows.toLocaleString("en")} rows\n`);
  };
  return {
    step(step: Step): void {
      const isSame = current?.table === step.table && current.what === step.what;
      if (!isSame) tell();
      current = { ...step, rows: step.rows + (isSame ? (current as Step).rows : 0) };
    },
    end(): void {
      tell();
      current = undefined;
    },
  };
}
