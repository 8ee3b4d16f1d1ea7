import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ENGINES, type Engine } from "#tests/support/services/engines.ts";
import { cpuTime } from "./cpu-time.ts";

export type Order = { kind: "publish"; rate: number; seconds: number } | { kind: "forget" | "report" | "close" };

export interface PeerReport {
  state: string;
  heard: number;
  dropped: number;
  /** Milliseconds from publish to heard. */
  p50: number;
  p99: number;
}

const USAGE = `npm run bench:relay -- [--engines rabbitmq,activemq,kafka] [--rates 500] [--seconds 20] [--json]

What a hop between two nodes costs: added latency, and the broker's processor time for each hint.`;
/** Rooms that both nodes heed, and bytes of a hint: about a short message with its author. */
const [ROOMS, BYTES] = [200, 300];
/** Seconds until the compilers of the broker and of both nodes have seen enough. */
const WARM_UP = 10;
const IDLE = 5;

interface Line {
  engine: string;
  rate: number;
  p50: number;
  p99: number;
  heard: number;
  lost: number;
  /** Microseconds of the broker's processor time, above what it uses while the nodes are silent. */
  brokerMicros: number;
  /** Percent of a core that the broker uses while the nodes are silent. */
  idlePercent: number;
}

const { values } = parseArgs({
  options: {
    engines: { type: "string" },
    rates: { type: "string", default: "500" },
    seconds: { type: "string", default: "20" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(USAGE);
else await main(values.rates.split(",").map(Number), Number(values.seconds));

async function main(rates: number[], seconds: number): Promise<void> {
  const wanted = values.engines?.split(",");
  const lines: Line[] = [];
  for (const engine of ENGINES)
    if (!wanted || wanted.includes(engine.name)) lines.push(...(await measure(engine, rates, seconds)));
  if (values.json) console.log(JSON.stringify(lines));
  else for (const line of lines) console.log(worded(line));
}

async function measure(engine: Engine, rates: number[], seconds: number): Promise<Line[]> {
  const service = await engine.start({ measured: true });
  const peers = [startPeer(service.url, "one"), startPeer(service.url, "two")];
  const [publisher, hearer] = peers as [ChildProcess, ChildProcess];
  try {
    for (const peer of peers) await untilUp(peer);
    const lines: Line[] = [];
    for (const rate of rates) {
      await ask(publisher, { kind: "publish", rate, seconds: WARM_UP });
      const idle = await timeOf(service.pid, () => pause(IDLE * 1_000));
      await ask(hearer, { kind: "forget" });
      const before = (await ask(publisher, { kind: "report" })).dropped;
      const used = await timeOf(service.pid, () => ask(publisher, { kind: "publish", rate, seconds }));
      // What is still on its way.
      await pause(500);
      const { heard, p50, p99 } = await ask(hearer, { kind: "report" });
      const { dropped } = await ask(publisher, { kind: "report" });
      const sent = Math.ceil(rate * seconds);
      const brokerMicros = (used - (idle * seconds) / IDLE) / sent;
      const idlePercent = idle / IDLE / 10_000;
      lines.push({
        engine: engine.name,
        rate,
        p50,
        p99,
        heard,
        lost: sent - heard + dropped - before,
        brokerMicros,
        idlePercent,
      });
    }
    return lines;
  } finally {
    for (const peer of peers) await end(peer);
    await service.stop();
  }
}

function startPeer(url: string, node: string): ChildProcess {
  return fork(join(import.meta.dirname, "relay-peer.ts"), [url, node, `${ROOMS}`, `${BYTES}`]);
}

async function untilUp(peer: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await ask(peer, { kind: "report" })).state === "up") return;
    await pause(100);
  }
  throw new Error("A node did not come up.");
}

async function ask(peer: ChildProcess, order: Order): Promise<PeerReport> {
  const answer = once(peer, "message");
  peer.send(order);
  const [report] = (await answer) as [PeerReport];
  return report;
}

async function end(peer: ChildProcess): Promise<void> {
  const left = once(peer, "exit");
  peer.send({ kind: "close" } satisfies Order);
  await left;
}

async function timeOf(pid: number, task: () => Promise<unknown>): Promise<number> {
  const before = cpuTime(pid);
  await task();
  return cpuTime(pid) - before;
}

function worded({ engine, rate, p50, p99, lost, brokerMicros, idlePercent }: Line): string {
  const hop = `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, lost ${lost}`;
  return `${engine} at ${rate} a second: ${hop}; broker ${brokerMicros.toFixed(0)} µs a hint, ${idlePercent.toFixed(1)} % of a core when silent`;
}
