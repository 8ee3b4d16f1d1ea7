import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roomVerb } from "#lib/chat/destinations.ts";
import { fakeClock } from "#tests/faults/fake-clock.ts";
import { keepTalking } from "#tests/faults/keep-talking.ts";
import { openScene, type Scene, verdict } from "#tests/faults/scene.ts";
import { connectTold, notice } from "#tests/support/talk.ts";
import { until } from "#tests/support/until.ts";

const HEART_BEAT = 300;
const HOUR = 3_600_000;

let scene: Scene;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sarangbang-clock-"));
  await jump("+0");
  scene = await openScene({
    ...fakeClock(),
    FAKETIME_TIMESTAMP_FILE: join(folder, "jump"),
    FAKETIME_NO_CACHE: "1",
    ...{ HEART_BEAT_SEND: String(HEART_BEAT), SEND_RATE: "2", SEND_BURST: "30" },
  });
});
afterAll(async () => {
  await scene?.end();
  await rm(folder, { recursive: true });
});

/** Sets the server's clock so much off the real one. */
const jump = (offset: string) => writeFile(join(folder, "jump"), `${offset}\n`);

test("F10 the server's clock jumps an hour forth and two back while 미나 writes: order and heart-beats are unaffected, nobody is thrown out, and who has to wait waits seconds", async () => {
  const { mina, jun, enter, rows } = scene;
  const talkers = [enter(mina, { heartBeat: HEART_BEAT, window: 1 }), enter(mina, { heartBeat: HEART_BEAT })];
  await until("미나 to be there", () => talkers.every(({ online }) => online));
  const stop = keepTalking(talkers, { every: 300, most: 3 });
  const times: number[] = [];
  for (const offset of ["+1h", "-1h", "+0"]) {
    await jump(offset);
    const [first] = talkers;
    const receipts = first!.journal.size;
    await until("three RECEIPTs more", () => first!.journal.size >= receipts + 3, 20_000);
    const newest = first!.view.log().at(-1)!;
    times.push(Date.parse(newest.createdAt) - Date.now());
    await refilled();
  }
  stop();
  // It did jump.
  expect(times.map((difference) => Math.round(difference / HOUR) || 0)).toEqual([1, -1, 0]);
  expect(await verdict(rows, talkers)).toEqual([]);
  expect(talkers.flatMap(({ endings }) => endings)).toEqual([]);

  /** 준 empties his budget of sends and waits as long as he is told: a clock that was set back must not hold him for an hour. */
  async function refilled(): Promise<void> {
    const wire = await connectTold(scene.server, jun);
    for (let said = 0; said < 31; said++) {
      wire.send("SEND", { destination: roomVerb(scene.room.id, "typing"), receipt: `${said}` }, '{"on":true}');
    }
    const told = JSON.parse((await notice(wire, "30")).body);
    expect(told).toMatchObject({ code: "rate-limited" });
    expect(told.retryAfter).toBeLessThanOrEqual(1);
    let tries = 0;
    await until("준 to be let again", () => {
      wire.send("SEND", { destination: roomVerb(scene.room.id, "typing"), receipt: `again ${tries++}` }, '{"on":true}');
      return wire.frames.some(
        ({ command, headers }) => command === "RECEIPT" && headers["receipt-id"]?.startsWith("again"),
      );
    });
    wire.close();
  }
}, 120_000);
