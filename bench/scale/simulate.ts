import { setTimeout as sleep } from "node:timers/promises";
import { BOTS } from "#bench/contenders/chat.ts";
import { type PlaceOfNodes, startPlaceOfNodes } from "#bench/contenders/place-of-nodes.ts";
import { cpuTime, cpuTimeOfAll } from "#bench/cpu-time.ts";
import { residentMemory } from "#bench/resident-memory.ts";
import type { TestServer } from "#tests/support/server.ts";
import { query } from "#tests/support/services/postgres.ts";
import { startRabbitmq } from "#tests/support/services/rabbitmq.ts";
import { gather } from "./crowd.ts";
import { type Place, trafficOf } from "./model.ts";

const SETTLING = 3_000;

/** Everything that is counted, since the processes began. */
interface Counted {
  published: number;
  heard: number;
  deliveries: number;
  transactions: number;
  /** Microseconds. */
  nodes: number;
  database: number;
  broker: number;
  /** Bytes, over all nodes. */
  memory: number;
}

/** A place of so many nodes on this machine: everybody arrives, is silent, and then talks. Resolves with the lines of a table. */
export async function simulate(place: Place, seconds: number): Promise<string[]> {
  const served = await startPlaceOfNodes({ nodes: place.nodes, rooms: place.rooms, startBroker: startRabbitmq });
  const crowd = gather(served, place);
  try {
    await join(served, place);
    const before = await count(served);
    const took = await crowd.arrive();
    const arrived = await count(served);
    await sleep(seconds * 1_000);
    const silent = await count(served);
    const posted = await crowd.talk(seconds);
    // News of something unread wait for a second, and longer where there is much to do.
    await sleep(SETTLING);
    const talked = await count(served);
    return [
      `\n${place.nodes} nodes, ${place.people} people, ${place.rooms} rooms, ${place.posts} posts/s`,
      ...arrivalOf(place, before, arrived, took),
      ...silenceOf(place, arrived, silent, seconds),
      ...talkOf(place, silent, talked, posted),
    ];
  } finally {
    await crowd.leave();
    await served.stop();
  }
}

/** Bot n is a member of `joined` rooms from the n-th on, which the load generator's n-th connection opens. */
async function join({ database, target }: PlaceOfNodes, { people, joined }: Place): Promise<void> {
  const bots = await query(
    database.url,
    `select id from users where name like '%번 봇' order by substring(name from '^[0-9]+')::int`,
  );
  const rows = bots.slice(0, Math.min(people, BOTS)).flatMap(({ id }, bot) =>
    Array.from({ length: joined }, (_, at) => {
      const room = target.rooms[(bot + at) % target.rooms.length];
      return `('${room}', '${id}', 'member', 0)`;
    }),
  );
  await query(database.url, `insert into memberships (room, "user", role, joined_at) values ${rows.join(",")}`);
}

async function count({ nodes, database, broker }: PlaceOfNodes): Promise<Counted> {
  const metrics = await Promise.all(nodes.map(metricsOf));
  const sum = (name: string) => metrics.reduce((all, text) => all + metric(text, name), 0);
  const [{ commits } = { commits: 0 }] = await query(
    database.url,
    "select sum(xact_commit)::int as commits from pg_stat_database where datname = current_database()",
  );
  return {
    published: sum("sarangbang_relay_published_total"),
    heard: sum("sarangbang_relay_heard_total"),
    deliveries: sum("sarangbang_deliveries_total"),
    transactions: Number(commits),
    nodes: nodes.reduce((all, { pid }) => all + cpuTime(pid), 0),
    database: cpuTimeOfAll(database.pid),
    broker: broker ? cpuTimeOfAll(broker.pid) : 0,
    memory: nodes.reduce((all, { pid }) => all + residentMemory(pid), 0),
  };
}

async function metricsOf({ port }: TestServer): Promise<string> {
  const answer = await fetch(`http://localhost:${port}/metrics`);
  if (!answer.ok) throw new Error(`/metrics answered ${answer.status}`);
  return await answer.text();
}

function metric(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1] ?? 0);
}

function arrivalOf({ people }: Place, from: Counted, to: Counted, took: number): string[] {
  const each = (what: keyof Counted) => ((to[what] - from[what]) / people).toFixed(0);
  return [
    `  everybody arrives: ${took.toFixed(2)} s; for each CPU µs of nodes ${each("nodes")}, of the database ${each("database")}, of the broker ${each("broker")}; kB of nodes ${((to.memory - from.memory) / people / 1_000).toFixed(0)}`,
  ];
}

function silenceOf(place: Place, from: Counted, to: Counted, seconds: number): string[] {
  const { looks } = trafficOf(place);
  const transactions = (to.transactions - from.transactions) / seconds;
  const share = (what: keyof Counted) => `${(((to[what] - from[what]) / seconds / 1_000_000) * 100).toFixed(1)} %`;
  return [
    `  nobody speaks: transactions a second ${compared(looks, transactions)}; of a processor nodes ${share("nodes")}, database ${share("database")}, broker ${share("broker")}`,
  ];
}

function talkOf(place: Place, from: Counted, to: Counted, posted: number): string[] {
  const { posts, nodes } = place;
  const traffic = trafficOf(place);
  const expected = (aSecond: number) => (aSecond / posts) * posted;
  const happened = (what: keyof Counted) => to[what] - from[what];
  const each = (what: keyof Counted, of: number) => (of > 0 ? (happened(what) / of).toFixed(0) : "–");
  return [
    `  ${posted} posts: hints published ${compared(expected(traffic.published), happened("published"))}, heard ${compared(expected(traffic.heard), happened("heard"))}, deliveries ${compared(expected(traffic.streams + traffic.bumps), happened("deliveries"))}`,
    `  CPU µs of all ${nodes} nodes for a post ${each("nodes", posted)}, of the database ${each("database", posted)}, of the broker for a hint heard ${each("broker", happened("heard"))}`,
  ];
}

const compared = (expected: number, counted: number) =>
  `${expected.toFixed(0)} by the formula, ${counted.toFixed(0)} counted (${(counted / expected).toFixed(2)})`;
