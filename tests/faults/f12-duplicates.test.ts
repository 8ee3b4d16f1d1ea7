import { afterAll, beforeAll, expect, test } from "vitest";
import { roomVerb } from "#lib/chat/destinations.ts";
import { randomId } from "#lib/chat/ids.ts";
import { connectAs } from "#tests/support/talk.ts";
import { openScene, type Scene } from "./scene.ts";

const ROUNDS = 20;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.end());

test("F12 준 sends each message five times at once, on five connections: one row each, and five equal RECEIPTs", async () => {
  const { server, jun, room, rows } = scene;
  const wires = await Promise.all(Array.from({ length: 5 }, () => connectAs(server, jun)));
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
});
