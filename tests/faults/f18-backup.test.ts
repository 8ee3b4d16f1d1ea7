import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase, startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";
import { until } from "#tests/support/until.ts";
import { keepTalking } from "./keep-talking.ts";
import { judge } from "./oracle.ts";
import { openScene, type Scene, settled } from "./scene.ts";

let postgres: Service;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sarangbang-backup-"));
  postgres = await startPostgres();
}, 120_000);
afterAll(async () => {
  await postgres?.stop();
  await rm(folder, { recursive: true });
});

for (const [name, databaseUrl] of [
  ["SQLite", async () => ""],
  ["PostgreSQL", () => freshDatabase(postgres)],
] as const) {
  test(`F18 a backup of ${name} while 미나 and 준 write has all that was receipted before it began; restored, it has a new epoch, and everybody starts anew`, async () => {
    const DATABASE_URL = await databaseUrl();
    const scene = await openScene(DATABASE_URL ? { DATABASE_URL } : {});
    try {
      await backUpAndRestore(scene, join(folder, `${name}.sarangbang`));
    } finally {
      await scene.end();
    }
  }, 180_000);
}

async function backUpAndRestore({ server, mina, jun, enter, rows }: Scene, file: string): Promise<void> {
  const talkers = [enter(mina), enter(jun)];
  const stop = keepTalking(talkers);
  await until("RECEIPTs", () => talkers.every(({ journal }) => journal.size > 50), 20_000);
  const promised = talkers.map(({ journal }) => journal.copy());
  await server.sarangbang(["backup", file]);
  const after = talkers.map(({ journal }) => journal.size);
  await until("more RECEIPTs", () => talkers.every(({ journal }, index) => journal.size > after[index]! + 10), 20_000);
  const epoch = talkers[0]!.view.epoch;

  await expect(server.sarangbang(["restore", file, "--yes"])).rejects.toThrow("A server is running");
  stop();
  await settled(talkers);
  const atTheEnd = await rows();
  await server.terminate();
  await server.sarangbang(["restore", file, "--yes"]);
  const restored = await rows();
  expect(restored.length).toBeLessThan(atTheEnd.length);
  expect(restored).toEqual(atTheEnd.slice(0, restored.length));

  await server.start();
  await until(
    "everybody to have started anew",
    () => talkers.every(({ online, resets }) => online && resets === 1),
    30_000,
  );
  for (const { view } of talkers) expect(view.epoch).not.toBe(epoch);
  expect(talkers[0]!.view.epoch).toBe(talkers[1]!.view.epoch);
  const witnesses = talkers.map(({ user, view, journal }, index) => {
    // What was receipted after the backup is gone, as whoever restores one knows; the rest is not.
    const kept = promised[index]!;
    for (const [clientId, text] of journal.written) kept.write(clientId, text);
    return { user, view, journal: kept };
  });
  expect(judge(await rows(), witnesses)).toEqual([]);
  // And life goes on.
  const head = restored.at(-1)!.rev;
  talkers[0]!.post("다시 왔어요");
  await until("both to have it", () => talkers.every(({ view }) => view.rev === head + 1));
}
