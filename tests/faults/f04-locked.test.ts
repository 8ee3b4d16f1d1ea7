import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roomActivity, roomVerb } from "#lib/chat/destinations.ts";
import { createRoom } from "#tests/support/place.ts";
import { connectAs, post, subscribe } from "#tests/support/talk.ts";
import { until } from "#tests/support/until.ts";
import { openScene, type Scene, verdict } from "./scene.ts";

/** Milliseconds. */
const HELD = 10_000;
const HEART_BEAT = 500;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ HEART_BEAT_SEND: String(HEART_BEAT) });
});
afterAll(() => scene?.end());

test("F4 another program locks the database for 10 s: 준 waits and is told busy, life goes on around him, and what he then sends again is stored once", async () => {
  const { server, mina, jun, enter, rows } = scene;
  const other = await createRoom(server, mina, { name: "다른 방" });
  const watcher = await connectAs(server, mina);
  await subscribe(watcher, roomActivity(other.id));
  const typist = await connectAs(server, jun);
  await post(typist, other.id, "지난 이야기");
  const beating = enter(mina, { heartBeat: HEART_BEAT });
  const juns = enter(jun, { window: 1 });
  await until("both to be there", () => beating.online && juns.online);

  const lock = await holdLock(join(server.dataDir, "sarangbang.db"));
  const began = performance.now();
  juns.post("잠긴 문 앞에서");
  await until("a refusal", () => juns.refusals.length > 0);
  // The batch has waited for the lock before it gave up.
  expect(performance.now() - began).toBeGreaterThan(1_000);
  expect(juns.refusals[0]?.code).toBe("busy");
  const delays = await typeUntil(HELD - 1_000 - (performance.now() - began));
  const reader = await connectAs(server, jun);
  reader.send("SUBSCRIBE", {
    id: "s",
    destination: `/topic/rooms/${other.id}`,
    from: "0",
    epoch: beating.view.epoch!,
    receipt: "s",
  });
  await reader.frame("RECEIPT", { "receipt-id": "s" });
  expect(reader.frames.filter(({ headers }) => headers.replay).length).toBe(1);
  expect(juns.pending).toBe(1);
  await lock.end();

  expect(Math.max(...delays)).toBeLessThan(1_000);
  expect(delays.length).toBeGreaterThan(3);
  expect(beating.endings).toEqual([]);
  expect(await verdict(rows, [beating, juns])).toEqual([]);
  for (const wire of [watcher, typist, reader]) wire.close();

  /** How long each "is typing" of 준's takes to 미나 in the other room, in ms; it is not repeated within a second. */
  async function typeUntil(time: number): Promise<number[]> {
    const until_ = performance.now() + time;
    const took: number[] = [];
    for (let on = true; performance.now() < until_; on = !on) {
      const before = watcher.frames.length;
      const sent = performance.now();
      typist.send("SEND", { destination: roomVerb(other.id, "typing") }, JSON.stringify({ on }));
      await until("미나 to see it", () => watcher.frames.slice(before).some(({ body }) => body.includes(`"on":${on}`)));
      took.push(performance.now() - sent);
    }
    return took;
  }
});

/** A process of its own: one that holds a lock in our process would be our own lock. */
async function holdLock(file: string): Promise<{ end(): Promise<void> }> {
  const program = `
    const Database = require("better-sqlite3");
    // Whoever keeps no hold of it loses it, and the lock, with the next collection of garbage.
    globalThis.held = new Database(process.argv[1]).exec("begin immediate");
    process.stdout.write("held");
    setInterval(() => {}, 1000);
  `;
  const holder = spawn(process.execPath, ["-e", program, file], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  return {
    end: async () => {
      holder.kill("SIGKILL");
      await once(holder, "exit");
    },
  };
}
