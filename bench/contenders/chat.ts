import type { Target } from "#bench/load/orders.ts";
import { randomId } from "#lib/chat/ids.ts";
import { openConsole, type TestConsole } from "#tests/support/console.ts";
import { claim, createRoom } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { until } from "#tests/support/until.ts";
import type { Contender, EventLoop } from "./contender.ts";

/** Bots that the connections are shared out to: people have a few connections each, and there is no place with thousands of them. */
export const BOTS = 500;

/** Nothing that protects a place from its people may be what is measured. */
export const UNLIMITED = {
  ...{ SEND_RATE: "100000", SEND_BURST: "1000000", SUBSCRIBE_RATE: "100000", SUBSCRIBE_BURST: "1000000" },
  ...{ MAX_CONNECTIONS_PER_USER: "1000000", MAX_CONNECTIONS_PER_ADDRESS: "1000000" },
  ...{ WRITE_RATE: "100000", WRITE_BURST: "1000000", LOG_LEVEL: "warn" },
};

/** Samples nothing before it is asked to. */
export const PRELOAD = { NODE_OPTIONS: `--import=${new URL("./event-loop-delay.ts", import.meta.url).href}` };

/** The whole chat but its pages: bots with tokens, and every post is on the disk before anybody gets it. */
export const chat: Contender = {
  name: "chat",
  title: "sarangbang chat",
  missing: () => undefined,
  async start(need) {
    const server = await startServer({ ui: false, env: { ...UNLIMITED, ...PRELOAD } });
    try {
      return {
        pid: server.pid,
        target: targetOf(server, await furnish(server, need.rooms)),
        eventLoop: eventLoopOf(server),
        stop: () => server.stop(),
      };
    } catch (error) {
      await server.stop();
      throw error;
    }
  },
};

/** A place with rooms and bots, as the load generator is told of it. */
export function targetOf({ port }: TestServer, { rooms, tokens }: { rooms: string[]; tokens: string[] }): Target {
  const stream = "/topic/rooms/%room";
  return {
    ...{ port, path: "/stomp", dialect: "stomp", rooms, tokens },
    subscribe: [stream, `${stream}/activity`, "/user/queue/inbox"],
    send: "/app/rooms/%room/post",
  };
}

function eventLoopOf(server: TestServer): EventLoop {
  const told = () => [...server.output().matchAll(/event loop delay p99 ms: (.+)/g)];
  const signal = () => process.kill(server.pid, "SIGUSR2");
  return {
    watch: signal,
    async p99() {
      const before = told().length;
      signal();
      await until("the server to tell how late its timers were", () => told().length > before);
      return Number(told().at(-1)?.[1]);
    },
  };
}

export async function furnish(server: TestServer, count: number) {
  const mina = await claim(server, "미나", "mina@example.com");
  const rooms: string[] = [];
  for (let n = 1; n <= count; n++) rooms.push((await createRoom(server, mina, { name: `${n}번 방` })).id);
  const operator = await openConsole(server);
  try {
    return { rooms, tokens: await Promise.all(Array.from({ length: BOTS }, (_, n) => botToken(operator, n))) };
  } finally {
    await operator.close();
  }
}

async function botToken({ store, token }: TestConsole, number: number): Promise<string> {
  const person = { id: randomId(), email: null, name: `${number}번 봇`, passwordHash: null };
  await store.write("addPerson", {
    ...{ actor: { via: "console" }, now: Date.now() },
    person: { ...person, role: "member", kind: "bot" },
  });
  return (await token(person.id, ["read", "post"])).token;
}
