import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { roomVerb } from "#lib/chat/destinations.ts";
import { randomId } from "#lib/chat/ids.ts";
import { startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";
import { connectAs } from "#tests/support/talk.ts";
import { openScene, type Scene } from "./scene.ts";

const ROUNDS = 20;

let postgres: Service;
let scene: Scene;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterEach(() => scene?.end());
afterAll(() => postgres?.stop());

test("F12 준 sends each message five times at once, on five connections: one row each, and five equal RECEIPTs", async () => {
  scene = await openScene();
  await sendFiveTimes([0, 0, 0, 0, 0]);
});

test("F12 준 sends each message five times at once, over two nodes: one row each, and five equal RECEIPTs", async () => {
  const env = { DATABASE_URL: postgres.url };
  scene = await openScene(env, env);
  await sendFiveTimes([0, 1, 0, 1, 0]);
});

/** With a connection to each of these nodes. */
async function sendFiveTimes(places: number[]): Promise<void> {
  const { nodes, jun, room, rows } = scene;
  const wires = await Promise.all(places.map((place) => connectAs(nodes[place]!, jun)));
  const written = Array.from({ length: ROUNDS }, () => randomId());
  const destination = roomVerb(room.id, "post");
  for (const clientId of written) {
    const body = JSON.stringify({ clientId, text: `한 번만 ${clientId}` });
    for (const wire of wires) wire.send("SEND", { destination, receipt: clientId }, body);
    const receipts = await Promise.all(wires.map((wire) => wire.frame("RECEIPT", { "receipt-id": clientId })));
    for (const { headers } of receipts) expect(headers).toEqual(receipts[0]!.headers);
  }
  expect((await rows()).flatMap(({ clientId }) => clientId ?? [])).toEqual(written);
  for (const wire of wires) wire.close();
}
