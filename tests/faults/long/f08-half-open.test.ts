import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roomActivity } from "#lib/chat/destinations.ts";
import { openScene, type Scene } from "#tests/faults/scene.ts";
import type { Node } from "#tests/faults/talker.ts";
import { openDroppingProxy } from "#tests/support/dropping-proxy.ts";
import { connectAs, post, subscribe } from "#tests/support/talk.ts";
import { until } from "#tests/support/until.ts";
import type { Wire } from "#tests/support/wire.ts";

const VISITOR = fileURLToPath(new URL("../visitor.ts", import.meta.url));
/** Milliseconds that are agreed on; three times as long is allowed, and it is looked four times. */
const HEART_BEAT = 1_000;
const LOOKS = 4;
/** After the last connection, until somebody is called gone. */
const GRACE = 5_000;
const BUSY_MACHINE = 2_000;

let scene: Scene;
let watcher: Wire;
beforeAll(async () => {
  scene = await openScene({ HEART_BEAT_RECEIVE: String(HEART_BEAT) });
  const { server, mina, jun, room } = scene;
  // Who has posted is a member, and seen.
  const wire = await connectAs(server, jun);
  await post(wire, room.id, "나도 왔어요");
  watcher = await connectAs(server, mina);
  await subscribe(watcher, roomActivity(room.id));
  wire.close();
  await presence("offline");
});
afterAll(async () => {
  watcher?.close();
  await scene?.end();
});

for (const [what, heartBeat] of [
  ["promised heart-beats", HEART_BEAT],
  ["promised none, but is pinged", 0],
] as const) {
  test(`F8 준, who ${what}, is stopped in the middle: he is called gone within the margin`, async () => {
    const visitor = visit(scene.server, heartBeat);
    await presence("online");
    visitor.kill("SIGSTOP");
    await goneWithinMargin();
    visitor.kill("SIGKILL");
    await once(visitor, "exit");
  });

  test(`F8 a cable is pulled between the server and 준, who ${what}: he is called gone within the margin`, async () => {
    const { server } = scene;
    const proxy = await openDroppingProxy(server.port);
    const visitor = visit({ ...server, endpoint: `ws://localhost:${proxy.port}/stomp` }, heartBeat);
    await presence("online");
    proxy.drop();
    await goneWithinMargin();
    visitor.kill("SIGKILL");
    await once(visitor, "exit");
    await proxy.close();
  });
}

async function goneWithinMargin(): Promise<void> {
  const began = performance.now();
  await presence("offline", LOOKS * HEART_BEAT + GRACE + BUSY_MACHINE);
  const took = performance.now() - began;
  expect(took).toBeGreaterThan(2 * HEART_BEAT + GRACE);
}

function visit({ endpoint }: Pick<Node, "endpoint">, heartBeat: number) {
  const { server, jun } = scene;
  return spawn(process.execPath, [VISITOR, endpoint, server.origin, jun.cookie, String(heartBeat)]);
}

/** Waits for what 미나 sees of 준 to be this. */
async function presence(state: "online" | "offline", patience = 15_000): Promise<void> {
  const seen = () =>
    watcher.frames
      .filter(({ command }) => command === "MESSAGE")
      .map(({ body }) => JSON.parse(body))
      .filter((event) => event.type === "presence" && event.user === scene.jun.id)
      .at(-1)?.online;
  await until(`준 to be ${state}`, () => seen() === (state === "online"), patience);
}
