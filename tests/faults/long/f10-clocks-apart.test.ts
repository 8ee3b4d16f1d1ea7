import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roomActivity } from "#lib/chat/destinations.ts";
import type { Me } from "#lib/chat/person.ts";
import { fakeClock } from "#tests/faults/fake-clock.ts";
import { keepTalking } from "#tests/faults/keep-talking.ts";
import { percentile } from "#tests/faults/percentile.ts";
import { relayed } from "#tests/faults/relayed.ts";
import { openScene, type Scene, verdict } from "#tests/faults/scene.ts";
import { ask, signIn } from "#tests/support/place.ts";
import { startPostgres } from "#tests/support/services/postgres.ts";
import { startRabbitmq } from "#tests/support/services/rabbitmq.ts";
import type { Service } from "#tests/support/services/service.ts";
import { connectAs, subscribe } from "#tests/support/talk.ts";
import { until } from "#tests/support/until.ts";

const HOUR = 3_600_000;
/** Milliseconds: longer than a silent node is believed to have people (ten seconds). */
const WHILE = 12_000;
/** A hint takes milliseconds; looking at the heads, which heals without it, takes up to two seconds. */
const BY_HINT = 500;

let services: Service[] = [];
let scene: Scene;
beforeAll(async () => {
  services = await Promise.all([startPostgres(), startRabbitmq()]);
  const [postgres, broker] = services;
  const env = { DATABASE_URL: postgres!.url, BROKER_URL: broker!.url };
  scene = await openScene(env, { ...env, ...fakeClock(), FAKETIME: "+1h" });
}, 180_000);
afterAll(async () => {
  await scene?.end();
  for (const service of services) await service.stop();
});

test("F10 the clocks of two nodes are an hour apart: order, hints, sessions and presence are those of nodes that agree", async () => {
  const { nodes, mina, jun, enter, rows, room } = scene;
  const [one, ahead] = nodes as [Scene["server"], Scene["server"]];
  await relayed(nodes);
  // A session of either node is one of both.
  const later = { ...jun, cookie: await signIn(ahead, jun.email, jun.password) };
  for (const node of nodes)
    for (const who of [mina, jun, later])
      expect((await ask<Me>(node, who, "GET", "/api/me")).body).toMatchObject({ name: who.name });

  const watching = await connectAs(one, mina);
  await subscribe(watching, roomActivity(room.id));
  const ofJun = () =>
    watching.frames.flatMap(({ command, body }) => {
      const event = command === "MESSAGE" ? JSON.parse(body) : {};
      return event.type === "presence" && event.user === jun.id ? [event.online] : [];
    });
  const written = new Map<string, number>();
  const hops: number[] = [];
  const times: number[] = [];
  const minas = enter(mina, {
    heard({ author, text, createdAt }) {
      if (author !== jun.id) return;
      times.push(Date.parse(createdAt) - Date.now());
      const at = written.get(text);
      if (at !== undefined) hops.push(performance.now() - at);
    },
  });
  const juns = enter(later, { node: () => ahead });
  await until("both to be there", () => minas.online && juns.online);
  await until("준 to be seen here", () => ofJun().at(-1) === true, 20_000);
  const stop = keepTalking([minas], { every: 100, most: 3 });
  const end = performance.now() + WHILE;
  for (let said = 0; performance.now() < end; said++) {
    written.set(`${said}번째 말`, performance.now());
    juns.post(`${said}번째 말`);
    await pause(100);
  }
  stop();
  // It is an hour ahead, and nothing else comes of it than the times it writes.
  expect(new Set(times.map((difference) => Math.round(difference / HOUR)))).toEqual(new Set([1]));
  expect(percentile(hops, 50)).toBeLessThan(BY_HINT);
  expect(ofJun()).toEqual([true]);
  expect(await verdict(rows, [minas, juns])).toEqual([]);
  expect([...minas.endings, ...juns.endings]).toEqual([]);

  juns.leave();
  await until("준 to be gone", () => ofJun().at(-1) === false, 20_000);
  watching.close();
}, 180_000);
