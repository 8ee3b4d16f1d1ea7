import type { Contender, ContenderName } from "./contenders/contender.ts";
import type { Figure, Measured, Settings } from "./figures/figure.ts";

/** One value of one figure, of all contenders. */
export interface Row {
  figure: string;
  value: string;
  cells: Partial<Record<ContenderName, Cell>>;
}

export interface Cell {
  median: number;
  least: number;
  most: number;
  rounds: number[];
  saturated: boolean;
  coarse: boolean;
}

/** Measures all contenders once in every round, beginning with another one each time. */
export async function measureInTurns(
  figure: Figure,
  contenders: Contender[],
  rounds: number,
  settings: Settings,
  say: (text: string) => void,
): Promise<Row[]> {
  const all = new Map<ContenderName, Measured[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const contender = contenders[(round + turn) % contenders.length] as Contender;
      say(`${figure.title(settings)}: ${contender.title}, round ${round + 1} of ${rounds}`);
      const measured = await figure.measure(contender, settings).catch((error: Error) => {
        // A quarter of an hour's figures are not thrown away for one that failed.
        say(`That failed: ${error.message}`);
        process.exitCode = 1;
      });
      if (measured) all.get(contender.name)?.push(measured);
    }
  }
  return rowsOf(figure.title(settings), all);
}

function rowsOf(figure: string, all: Map<ContenderName, Measured[]>): Row[] {
  const values = new Set([...all.values()].flat().flatMap((measured) => Object.keys(measured.values)));
  return [...values].map((value) => {
    const present = [...all].filter(([, measured]) => measured.length > 0);
    const cells = present.map(([name, measured]) => [name, cellOf(measured, value)]);
    return { figure, value, cells: Object.fromEntries(cells) };
  });
}

function cellOf(measured: Measured[], value: string): Cell {
  const rounds = measured.map(({ values }) => values[value] ?? Number.NaN);
  const sorted = rounds.toSorted((one, other) => one - other);
  const at = (index: number) => sorted[index] as number;
  const [least, most] = [at(0), at(sorted.length - 1)];
  const median = (at((sorted.length - 1) >> 1) + at(sorted.length >> 1)) / 2;
  const saturated = measured.some((one) => one.saturated);
  const coarse = measured.some((one) => one.coarse?.includes(value));
  return { median, least, most, rounds, saturated, coarse };
}
