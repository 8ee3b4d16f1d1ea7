import { afterAll, beforeAll, expect, test } from "vitest";
import { ask } from "#tests/support/place.ts";
import { until } from "#tests/support/until.ts";
import { type SmallDisk, smallDisk } from "./full-disk.ts";
import { openScene, type Scene, verdict } from "./scene.ts";

let disk: SmallDisk;
let scene: Scene;
beforeAll(async () => {
  disk = await smallDisk();
  scene = await openScene({ DATA_DIR: disk.folder });
});
afterAll(async () => {
  await scene?.end();
  await disk?.remove();
});

test("F3 the disk is full: 준 is told busy and has no RECEIPT, reading lives, /up says why, and when there is room again all of it is stored without a restart", async () => {
  const { server, mina, jun, room, enter, rows } = scene;
  const talkers = [enter(mina), enter(jun)];
  const [minas, juns] = talkers as [(typeof talkers)[0], (typeof talkers)[0]];
  juns.post("아직 자리가 있을 때");
  await until("its RECEIPT", () => juns.pending === 0);
  const { pid } = server;
  disk.fill(pid);
  for (let said = 0; said < 20; said++)
    for (const talker of talkers) talker.post(`${said}번째 말 ${"가".repeat(3_000)}`);
  const enough = 5;
  await until("refusals", () => juns.refusals.length >= enough && minas.refusals.length >= enough, 20_000);
  expect(new Set([...juns.refusals, ...minas.refusals].map(({ code }) => code))).toEqual(new Set(["busy"]));
  expect({ minas: minas.journal.size, juns: juns.journal.size }).toEqual({ minas: 0, juns: 1 });
  const page = await ask<{ messages: object[] }>(server, jun, "GET", `/api/rooms/${room.id}/messages`);
  expect(page).toMatchObject({ status: 200, body: { messages: { length: 2 } } });
  expect(await health(server)).toEqual({ code: 503, database: "full" });

  disk.clear(pid);
  expect(await verdict(rows, talkers)).toEqual([]);
  await expect.poll(() => health(server)).toEqual({ code: 200, database: "ok" });
  expect(server.pid).toBe(pid);
  expect([...juns.endings, ...minas.endings]).toEqual([]);
});

async function health({ origin }: Scene["server"]) {
  const answer = await fetch(`${origin}/up`);
  const { database } = (await answer.json()) as { database: string };
  return { code: answer.status, database };
}
