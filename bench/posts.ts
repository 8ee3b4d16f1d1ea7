import { parseArgs } from "node:util";
import { openConsole } from "#tests/support/console.ts";
import { claim, createRoom } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { openBot } from "./bot.ts";
import { cpuTime } from "./cpu-time.ts";

/**
 * Durable posts a second through a real server on loopback: `npm run bench:posts`, `-- --json` for machines. Every bot waits for the RECEIPT of
 * one message before it sends the next, so what is measured is how many of them share one wait for the disk. Nobody listens to the rooms: fan-out is
 * another figure. On a busy machine only ratios within one run mean something.
 */
const { values: flags } = parseArgs({
  options: {
    bots: { type: "string", default: "64" },
    rooms: { type: "string", default: "8" },
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
  },
});
const [bots, rooms, seconds, rounds] = [flags.bots, flags.rooms, flags.seconds, flags.rounds].map(Number) as [
  number,
  number,
  number,
  number,
];

const UNLIMITED = {
  ...{
    SEND_RATE: "100000",
    SEND_BURST: "1000000",
    MAX_CONNECTIONS_PER_USER: "10000",
    MAX_CONNECTIONS_PER_ADDRESS: "10000",
  },
  ...{ WRITE_BURST: "100000", LOG_LEVEL: "warn" },
};

const server = await startServer({ ui: false, env: UNLIMITED });
try {
  report(await measure(server));
} finally {
  await server.stop();
}

interface Round {
  "posts/s": number;
  "receipt p50 ms": number;
  "receipt p99 ms": number;
  "CPU µs/post": number;
}

async function measure(server: TestServer): Promise<Round[]> {
  const open = await openBots(server);
  const measured: Round[] = [];
  // The first round warms up and is thrown away.
  for (let round = 0; round <= rounds; round++) {
    const before = cpuTime(server.pid);
    const began = performance.now();
    const waits = (await Promise.all(open.map((bot) => bot.postUntil(began + seconds * 1_000)))).flat();
    const took = (performance.now() - began) / 1_000;
    const cpu = cpuTime(server.pid) - before;
    waits.sort((one, other) => one - other);
    const at = (share: number) => waits[Math.floor(waits.length * share)] ?? Number.NaN;
    const figures = [waits.length / took, at(0.5), at(0.99), cpu / waits.length] as const;
    const [perSecond, p50, p99, perPost] = figures;
    if (round === 0) continue;
    measured.push({
      "posts/s": Math.round(perSecond),
      "receipt p50 ms": hundredths(p50),
      "receipt p99 ms": hundredths(p99),
      "CPU µs/post": Math.round(perPost),
    });
  }
  for (const bot of open) bot.close();
  return measured;
}

async function openBots(server: TestServer) {
  const mina = await claim(server, "미나", "mina@example.com");
  const made = [];
  for (let n = 0; n < rooms; n++) made.push(await createRoom(server, mina, { name: `${n}번 방` }));
  const console = await openConsole(server);
  const opened = [];
  for (let n = 0; n < bots; n++) {
    const { token } = await console.token(mina.id, ["read", "post"]);
    opened.push(await openBot(server.endpoint, token, made[n % rooms]?.id ?? ""));
  }
  await console.close();
  return opened;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Medians with the least and most of the rounds. */
function report(measured: Round[]): void {
  const figures = Object.keys(measured[0] ?? {}) as (keyof Round)[];
  const rows = figures.map((figure) => {
    const values = measured.map((round) => round[figure]).sort((one, other) => one - other);
    return { figure, median: values[values.length >> 1], least: values[0], most: values.at(-1) };
  });
  const setting = { bots, rooms, seconds, rounds };
  if (flags.json) console.log(JSON.stringify({ ...setting, rows }, null, 2));
  else console.table(rows);
}
