import { join } from "node:path";
import type { Room } from "#lib/chat/room.ts";
import { connect } from "#server/store/connection.ts";
import { type Account, claim, invite, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { until } from "#tests/support/until.ts";
import { judge, type Row } from "./oracle.ts";
import { Talker, type TalkerOptions } from "./talker.ts";

/** Nothing that protects a place from its people may be what is tested. */
export const LOOSE = {
  ...{ SEND_RATE: "100000", SEND_BURST: "1000000", SUBSCRIBE_RATE: "100000", SUBSCRIBE_BURST: "1000000" },
  ...{ READ_RATE: "100000", READ_BURST: "1000000", WRITE_RATE: "100000", WRITE_BURST: "1000000" },
  ...{ MAX_CONNECTIONS_PER_USER: "1000000", MAX_CONNECTIONS_PER_ADDRESS: "1000000", LOG_LEVEL: "warn" },
};

/** A server, 미나 and 준, and the room they talk in. */
export interface Scene {
  server: TestServer;
  mina: Account;
  jun: Account;
  room: Room;
  /** Somebody comes in; they leave when the scene ends. */
  enter(who: Account, options?: Partial<TalkerOptions>): Talker;
  /** `select … order by rev`, as another process sees it. */
  rows(): Row[];
  end(): Promise<void>;
}

export async function openScene(env: Record<string, string> = {}): Promise<Scene> {
  const server = await startServer({ ui: false, env: { ...LOOSE, ...env } });
  const talkers: Talker[] = [];
  const mina = await claim(server, "미나", "mina@example.com");
  const jun = await invite(server, mina, "준", "jun@example.com");
  const room = await lobby(server, mina);
  return {
    ...{ server, mina, jun, room },
    enter(who, options = {}) {
      const talker = new Talker({ node: () => server, who, room: room.id, ...options });
      talkers.push(talker);
      return talker;
    },
    rows: () => readRows(join(env.DATA_DIR ?? server.dataDir, "sarangbang.db"), room.id),
    async end() {
      for (const talker of talkers) talker.leave();
      await server.stop();
    },
  };
}

/** Reads a room, and asserts that the file is whole. */
export function readRows(file: string, room: string): Row[] {
  const { sqlite } = connect({ file, busyTimeout: 1_000, readonly: true });
  try {
    const verdict = sqlite.pragma("integrity_check", { simple: true });
    if (verdict !== "ok") throw new Error(`integrity_check: ${verdict}`);
    const columns = "id, rev, seq, author, client_id as clientId, text";
    return sqlite.prepare(`select ${columns} from messages where room = ? order by rev`).all(room) as Row[];
  } finally {
    sqlite.close();
  }
}

/** Waits until everybody is there, has a RECEIPT for everything and has heard of the last row; then judges. */
export async function verdict(
  rows: () => Row[] | Promise<Row[]>,
  talkers: Talker[],
  patience = 30_000,
): Promise<string[]> {
  const isDone = () => talkers.every(({ online, pending }) => online && pending === 0);
  await until("everybody to be back, with a RECEIPT for everything", isDone, patience);
  const log = await rows();
  const head = log.at(-1)?.rev ?? 0;
  // Whoever never hears of it is found by the judge.
  await until("everybody to hear of the last message", () => talkers.every(({ view }) => view.rev >= head)).catch(
    () => {},
  );
  return judge(log, talkers);
}
