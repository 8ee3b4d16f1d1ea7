import { cpus } from "node:os";
import { chat } from "./contenders/chat.ts";
import type { Contender } from "./contenders/contender.ts";
import { nodes } from "./contenders/nodes.ts";
import { broker, naiveWs, socketIo } from "./contenders/programs.ts";
import { rabbitmq } from "./contenders/rabbitmq.ts";
import { anotherNode } from "./figures/another-node.ts";
import { deliveries } from "./figures/deliveries.ts";
import type { Figure } from "./figures/figure.ts";
import { hop } from "./figures/hop.ts";
import { idle } from "./figures/idle.ts";
import { outage } from "./figures/outage.ts";
import { ownNode } from "./figures/own-node.ts";
import { posts } from "./figures/posts.ts";
import { start } from "./figures/start.ts";
import { storm } from "./figures/storm.ts";
import { readFlags } from "./flags.ts";
import { measureInTurns, type Row } from "./rounds.ts";
import { brief, printTable } from "./table.ts";

/** `npm run bench`: what Sarangbang's endpoint costs, beside others, in real processes over loopback. What may be said to it: flags.ts. */
const flags = readFlags();
const { rounds, seconds, connections, scale } = flags;

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const figures = [...deliveries, idle, storm, ...posts, start, hop, ownNode, outage, anotherNode];
const chosen = chooseBy(figures, (figure) => figure.kind, flags.only);
const contenders = present(
  chooseBy([broker, chat, naiveWs, socketIo, rabbitmq, ...nodes], (contender) => contender.name, flags.contenders),
);
const rows: Row[] = [];
for (const figure of chosen) {
  const measured = await measure(figure);
  rows.push(...measured);
  // Whoever stops it later keeps what it has found by then.
  for (const line of brief(measured, contenders)) say(line);
}
if (flags.json) {
  const machine = { date: new Date().toISOString(), node: process.version, processors: cpus().map((cpu) => cpu.model) };
  console.log(JSON.stringify({ ...machine, rounds, seconds, connections, scale, rows }, null, 2));
} else printTable(rows, contenders);

async function measure(figure: Figure): Promise<Row[]> {
  const taking = contenders.filter((contender) => figure.contenders.includes(contender.name));
  return measureInTurns(figure, taking, rounds, { seconds, connections, scale }, say);
}

function chooseBy<T>(all: T[], nameOf: (one: T) => string, wanted: string): T[] {
  const names = wanted.split(",");
  const unknown = names.find((name) => !all.some((one) => nameOf(one) === name));
  if (unknown === undefined) return all.filter((one) => names.includes(nameOf(one)));
  console.error(`There is no “${unknown}”: choose of ${[...new Set(all.map(nameOf))].join(", ")}.`);
  process.exit(1);
}

function present(wanted: Contender[]): Contender[] {
  return wanted.filter((contender) => {
    const missing = contender.missing();
    if (missing) say(`${contender.title} is left out: ${missing}`);
    return !missing;
  });
}

/** Beside the table, which may go to a file. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
