import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roomStream } from "#lib/chat/destinations.ts";
import { type Account, claim, invite, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { connectAs, post, subscribe } from "#tests/support/talk.ts";

const PATIENCE = 90_000;

let server: TestServer;
let mina: Account;
let jun: Account;

beforeAll(async () => {
  server = await startServer({ ui: false });
  mina = await claim(server, "미나", "mina@example.com");
  jun = await invite(server, mina, "준", "jun@example.com");
}, PATIENCE);
afterAll(() => server?.stop());

test(
  "after the database has lost commits and was renewed, 준 is sent away and told to load anew, and what changes about him from then on still reaches him at once",
  async () => {
    const { id } = await lobby(server, mina);
    const before = await connectAs(server, jun);
    const { headers: first } = await subscribe(before, roomStream(id));
    await post(before, id, "앞의 역사에서");
    forgetLastChanges(server);
    const { epoch } = await server.sarangbang<{ epoch: string }>(["renew"]);
    expect(await before.closed).toBe(1012);
    expect(before.frames.at(-1)?.headers.code).toBe("shutting-down");

    const after = await connectAs(server, jun);
    const destination = roomStream(id);
    const cursor = { from: first.head ?? "", epoch: first.epoch ?? "" };
    after.send("SUBSCRIBE", { id: destination, destination, receipt: "in", ...cursor });
    const { headers } = await after.frame("RECEIPT", { "receipt-id": "in" });
    expect(headers).toMatchObject({ reset: "true", epoch });
    await post(after, id, "새 역사에서");
    expect((await after.frame("MESSAGE", { destination })).headers.epoch).toBe(epoch);

    await server.sarangbang(["user", "suspend", "--email", "jun@example.com"]);
    expect(await after.closed).toBe(4401);
  },
  PATIENCE,
);

/** As after a failover to a standby that was behind: numbers that nodes know will be given once more. */
function forgetLastChanges({ database }: TestServer): void {
  const sqlite = new Database((database as { file: string }).file);
  sqlite.exec("update counters set value = value - 2; delete from changes where n > (select value from counters)");
  sqlite.close();
}
