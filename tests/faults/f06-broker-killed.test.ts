import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "#lib/chat/message.ts";
import { ENGINES } from "#tests/support/services/engines.ts";
import { freshDatabase, startPostgres } from "#tests/support/services/postgres.ts";
import { startRabbitmq } from "#tests/support/services/rabbitmq.ts";
import type { Service } from "#tests/support/services/service.ts";
import { until } from "#tests/support/until.ts";
import { ALL } from "./extent.ts";
import { percentile } from "./percentile.ts";
import { relayed } from "./relayed.ts";
import { openScene, verdict } from "./scene.ts";

/** Milliseconds. */
const AWAY = ALL ? 30_000 : 5_000;
const EVERY = 50;
const CAUGHT_UP_WITHIN = 10_000;
/** A hint takes milliseconds; looking at the heads, which heals without it, takes up to two seconds. */
const BY_HINT = 500;

let postgres: Service;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

const RABBITMQ = { name: "rabbitmq", start: () => startRabbitmq() };

for (const { name, start } of ALL ? ENGINES : [RABBITMQ]) {
  test(`F6 ${name} is killed for ${AWAY / 1_000} s: 미나 is heard on her own node as before, and 준 on the other one catches up within 10 s after it is back`, async () => {
    const broker = await start();
    const env = { DATABASE_URL: await freshDatabase(postgres), BROKER_URL: broker.url };
    const scene = await openScene(env, env);
    try {
      await interrupt(broker, scene);
    } finally {
      await scene.end();
      await broker.stop();
    }
  }, 300_000);

  async function interrupt(broker: Service, { nodes, mina, jun, enter, rows }: Awaited<ReturnType<typeof openScene>>) {
    const posted = new Map<string, number>();
    const latencies = { near: [] as number[], far: [] as number[] };
    const listen = (into: number[]) => (message: Message) => {
      const at = posted.get(message.clientId ?? "");
      if (at !== undefined) into.push(performance.now() - at);
    };
    const minas = enter(mina, { window: 20 });
    const near = enter(jun, { heard: listen(latencies.near) });
    const far = enter(jun, { node: () => nodes[1]!, heard: listen(latencies.far) });
    await until("everybody to be there", () => [minas, near, far].every(({ online }) => online), 20_000);
    await relayed(nodes);
    const timer = setInterval(() => posted.set(minas.post(`${posted.size}번째 말`), performance.now()), EVERY);
    await until("both to be used to it", () => latencies.far.length > 40, 20_000);
    const before = percentile(latencies.near.splice(0), 99);
    const hop = percentile(latencies.far.splice(0), 50);

    await broker.kill();
    await pause(AWAY);
    const during = percentile(latencies.near.splice(0), 99);
    const healed = percentile(latencies.far.splice(0), 100);
    await broker.start();
    const began = performance.now();
    const head = near.view.rev;
    await until("준 to have what was said meanwhile", () => far.view.rev >= head, CAUGHT_UP_WITHIN);
    const hears = () => latencies.far.slice(-10).length === 10 && Math.max(...latencies.far.slice(-10)) < BY_HINT;
    await until("준 to hear by hints again", hears, CAUGHT_UP_WITHIN);
    const took = performance.now() - began;
    clearInterval(timer);

    expect(await verdict(rows, [minas, near, far])).toEqual([]);
    expect([minas, near, far].flatMap(({ endings }) => endings)).toEqual([]);
    const figures = [`p99 on the node ${before.toFixed(1)} and ${during.toFixed(1)} ms`, `a hop ${hop.toFixed(1)} ms`];
    console.log(
      `F6 ${name}: ${figures.join(", ")}, at most ${Math.round(healed)} ms meanwhile, back after ${Math.round(took)} ms`,
    );
    expect(took).toBeLessThan(CAUGHT_UP_WITHIN);
    expect(during).toBeLessThan(2 * before + 100);
  }
}
