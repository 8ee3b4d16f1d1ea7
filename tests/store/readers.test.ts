import { join } from "node:path";
import { expect, test } from "vitest";
import { openReaders } from "#server/store/reading.ts";
import { openStore } from "#server/store/store.ts";
import { until } from "#tests/support/until.ts";
import { tempFolder } from "./temp-folder.ts";

/** Eleven threads start, one after the other. */
const PATIENCE = 40_000;
const FAILING = new URL("./failing-reader.ts", import.meta.url);

/** One reader that starts `lives` times; the first life ends by a word that no reader knows. */
function open(lives: number) {
  const starts = new Int32Array(new SharedArrayBuffer(4));
  const pauses: number[] = [];
  const gaveUp: string[] = [];
  const options = { file: join(tempFolder(), "chat.db"), busyTimeout: 50, starts, lives };
  const opened = openReaders(1, options, {
    module: FAILING,
    pause: async (milliseconds) => void pauses.push(milliseconds),
    giveUp: (error) => gaveUp.push(error.message),
  });
  return { opened, pauses, gaveUp, starts: () => starts[0] };
}

test("a reader that cannot start is one error, not a loop", async () => {
  const { opened, pauses, gaveUp, starts } = open(0);
  await expect(opened).rejects.toThrow("no file descriptor is left");
  expect([starts(), pauses, gaveUp]).toEqual([1, [], []]);
});

test("a reader that ends is started again; when it never can be, the pauses grow, and it is given up with the reason; reading is then busy", async () => {
  const { opened, pauses, gaveUp, starts } = open(1);
  const readers = await opened;
  await until("the reader to be given up", () => gaveUp.length > 0, PATIENCE);
  expect(pauses).toEqual([0, 100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
  expect(starts()).toBe(11);
  expect(gaveUp).toEqual(["The database cannot be read any more, after 10 tries: no file descriptor is left"]);
  await expect(readers.call("epoch", undefined)).rejects.toMatchObject({ code: "busy" });
});

test("a store whose readers cannot start says so in one sentence, and lets go of the database", async () => {
  const file = join(tempFolder(), "chat.db");
  await expect(openStore({ file, readerModule: FAILING })).rejects.toThrow();
  const store = await openStore({ file });
  await store.close();
});
