import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { chat } from "./contenders/chat.ts";
import type { Contender } from "./contenders/contender.ts";
import { broker, naiveWs, socketIo } from "./contenders/programs.ts";
import { rabbitmq } from "./contenders/rabbitmq.ts";
import { deliveries } from "./figures/deliveries.ts";
import { type Figure, kinds } from "./figures/figure.ts";
import { idle } from "./figures/idle.ts";
import { posts } from "./figures/posts.ts";
import { start } from "./figures/start.ts";
import { storm } from "./figures/storm.ts";
import { measureInTurns, type Row } from "./rounds.ts";
import { printTable } from "./table.ts";

/**
 * `npm run bench`: what Sarangbang's endpoint costs, beside others, in real processes over loopback.
 *
 *     npm run bench                                   all of it, about a quarter of an hour on a quiet machine
 *     npm run bench -- --only fan-out,rooms           some figures: fan-out rooms flat-out rising idle storm posts start
 *     npm run bench -- --contenders broker,naive-ws   some servers: broker chat naive-ws socket.io rabbitmq
 *     npm run bench -- --rounds 5 --seconds 10        longer (3 rounds of 5 seconds are usual)
 *     npm run bench -- --connections 10000            for idle and storm (5,000 are usual); both sides need that many open files
 *     npm run bench -- --scale 0.01 --rounds 1 --seconds 1   to try the bench itself
 *     npm run bench -- --json                         for machines: every round's values
 *
 * In every round each contender is started anew, one after the other, and loaded by a process of its own (load/), so that noise of the machine meets all of
 * them alike. The table has medians, and behind them the least and most of the rounds. What counts is the processor time of the server (all its threads,
 * user and system) per delivered message, and ratios within one run: seconds and latencies are those of a machine. `×` is a contender's time by our broker's.
 * A `*` says that the load generator had no time left (or was given none by a busy machine), so that the number speaks of it and not of the server.
 */
const { values: flags } = parseArgs({
  options: {
    only: { type: "string", default: kinds.join(",") },
    contenders: { type: "string", default: "broker,chat,naive-ws,socket.io,rabbitmq" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
    connections: { type: "string", default: "5000" },
    scale: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const [rounds, seconds, connections, scale] = [flags.rounds, flags.seconds, flags.connections, flags.scale].map(
  positive,
) as [number, number, number, number];

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const figures = [...deliveries, idle, storm, ...posts, start];
const chosen = chooseBy(figures, (figure) => figure.kind, flags.only);
const contenders = present(
  chooseBy([broker, chat, naiveWs, socketIo, rabbitmq], (contender) => contender.name, flags.contenders),
);
const rows: Row[] = [];
for (const figure of chosen) rows.push(...(await measure(figure)));
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

function positive(text: string): number {
  const number = Number(text);
  if (number > 0) return number;
  console.error(`${text} is not a number above 0.`);
  process.exit(1);
}

/** Beside the table, which may go to a file. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
