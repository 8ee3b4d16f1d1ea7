import { afterAll, beforeAll } from "vitest";
import { roomActivity, roomStream } from "#lib/chat/destinations.ts";
import type { Room } from "#lib/chat/room.ts";
import { relayed } from "#tests/faults/relayed.ts";
import { type Account, claim, createRoom, invite } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import type { Engine } from "#tests/support/services/engines.ts";
import { freshDatabase, startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";
import { connectTold, subscribe } from "#tests/support/talk.ts";
import type { Wire } from "#tests/support/wire.ts";
import { INBOX } from "./overheard.ts";

export const PATIENCE = 240_000;

/** Two servers on one PostgreSQL, and an engine between them: there as soon as a test begins. */
export interface TwoServers {
  one: TestServer;
  other: TestServer;
  mina: Account;
  jun: Account;
  relay: Service;
  /** Its address. */
  database: string;
  /** Connections that are open. */
  wires: Wire[];
  /** Connects somebody to a server, inbox and all. */
  open(server: TestServer, who: Account): Promise<Wire>;
  /** A room of their own, 미나 on the one server, 준 on the other. */
  meet(name: string): Promise<{ room: Room; speaker: Wire; listener: Wire }>;
}

/** Starts them before the tests of this file and stops them afterwards. */
export function twoServers(engine: Engine): TwoServers {
  const wires: Wire[] = [];
  const place = { wires, open, meet } as TwoServers;
  let postgres: Service;

  beforeAll(async () => {
    [place.relay, postgres] = await Promise.all([engine.start(), startPostgres()]);
    place.database = await freshDatabase(postgres);
    const env = { DATABASE_URL: place.database, BROKER_URL: place.relay.url, SEND_RATE: "1000", SEND_BURST: "10000" };
    // At the same time, on a database that is empty yet.
    const starting = [startServer({ ui: false, env }), startServer({ ui: false, env })] as const;
    [place.one, place.other] = await Promise.all(starting);
    place.mina = await claim(place.one, "미나", "mina@example.com");
    place.jun = await invite(place.other, { ...place.mina }, "준", "jun@example.com");
    await relayed([place.one, place.other], 60_000);
  }, PATIENCE);
  afterAll(async () => {
    for (const wire of wires) wire.close();
    await Promise.all([place.one?.stop(), place.other?.stop()]);
    await Promise.all([place.relay?.stop(), postgres?.stop()]);
  }, PATIENCE);

  async function open(server: TestServer, who: Account): Promise<Wire> {
    const wire = await connectTold(server, who);
    wires.push(wire);
    await subscribe(wire, INBOX);
    return wire;
  }

  async function meet(name: string) {
    const { one, other, mina, jun } = place;
    for (const wire of wires.splice(0)) wire.close();
    const room = await createRoom(one, mina, { name, kind: "members" }, [jun]);
    const [speaker, listener] = [await open(one, mina), await open(other, jun)];
    for (const wire of [speaker, listener]) {
      await subscribe(wire, roomActivity(room.id));
      await subscribe(wire, roomStream(room.id));
    }
    return { room, speaker, listener };
  }

  return place;
}
