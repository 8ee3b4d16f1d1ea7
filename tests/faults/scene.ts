import { join } from "node:path";
import type { Room } from "#lib/chat/room.ts";
import { type Account, claim, invite, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { until } from "#tests/support/until.ts";
import { judge, type Row } from "./oracle.ts";
import { readRows } from "./rows.ts";
import { Talker, type TalkerOptions } from "./talker.ts";

/** Nothing that protects a place from its people may be what is tested. */
const LOOSE = {
  ...{ SEND_RATE: "100000", SEND_BURST: "1000000", SUBSCRIBE_RATE: "100000", SUBSCRIBE_BURST: "1000000" },
  ...{ READ_RATE: "100000", READ_BURST: "1000000", WRITE_RATE: "100000", WRITE_BURST: "1000000" },
  ...{ MAX_CONNECTIONS_PER_USER: "1000000", MAX_CONNECTIONS_PER_ADDRESS: "1000000", LOG_LEVEL: "warn" },
};

/** A place of one or several nodes, 미나 and 준, and the room they talk in. */
export interface Scene {
  /** The first node. */
  server: TestServer;
  nodes: TestServer[];
  mina: Account;
  jun: Account;
  room: Room;
  /** Somebody comes in, at the first node unless said otherwise; they leave when the scene ends. */
  enter(who: Account, options?: Partial<TalkerOptions>): Talker;
  /** `select … order by rev`, as another process sees it. */
  rows(): Promise<Row[]>;
  end(): Promise<void>;
}

/** A node for each environment; several need one DATABASE_URL. */
export async function openScene(...environments: Record<string, string>[]): Promise<Scene> {
  const [env = {}, ...further] = environments;
  const nodes: TestServer[] = [];
  const talkers: Talker[] = [];
  const end = async () => {
    for (const talker of talkers) talker.leave();
    await Promise.all(nodes.map((node) => node.stop()));
  };
  try {
    for (const own of [env, ...further]) nodes.push(await startServer({ ui: false, env: { ...LOOSE, ...own } }));
    const server = nodes[0] as TestServer;
    const mina = await claim(server, "미나", "mina@example.com");
    const jun = await invite(server, mina, "준", "jun@example.com");
    const room = await lobby(server, mina);
    const database = env.DATA_DIR ? { file: join(env.DATA_DIR, "sarangbang.db") } : server.database;
    return {
      ...{ server, nodes, mina, jun, room, end },
      enter(who, options = {}) {
        const talker = new Talker({ node: () => server, who, room: room.id, ...options });
        talkers.push(talker);
        return talker;
      },
      rows: () => readRows(database, room.id),
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Waits until everybody is there, has a RECEIPT for everything and has heard of the last row; then judges. */
export async function verdict(rows: () => Promise<Row[]>, talkers: Talker[], patience = 30_000): Promise<string[]> {
  await settled(talkers, patience);
  const log = await rows();
  const head = log.at(-1)?.rev ?? 0;
  // Whoever never hears of it is found by the judge.
  await until("everybody to hear of the last message", () => talkers.every(({ view }) => view.rev >= head)).catch(
    () => {},
  );
  return judge(log, talkers);
}

/** Waits until everybody is there and has a RECEIPT for everything. */
export async function settled(talkers: Talker[], patience = 30_000): Promise<void> {
  const isDone = () => talkers.every(({ online, pending }) => online && pending === 0);
  await until("everybody to be back, with a RECEIPT for everything", isDone, patience);
}
