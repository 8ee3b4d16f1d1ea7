import { statSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { startCheckpoints } from "#server/store/checkpoints.ts";
import { connect } from "#server/store/connection.ts";
import { until } from "#tests/support/until.ts";
import { tempFolder } from "./temp-folder.ts";

/** A log that is worth a checkpoint. Counts the threads that are started for it, the first of which end as they start. */
function longLog({ failing }: { failing: number }) {
  const file = join(tempFolder(), "chat.db");
  const { sqlite } = connect({ file, busyTimeout: 100 });
  onTestFinished(() => void sqlite.close());
  sqlite.exec("create table t (x); insert into t select randomblob(6 * 1024 * 1024)");
  let threads = 0;
  const options = {
    file,
    busyTimeout: 100,
    get oldestSqlite() {
      threads += 1;
      return threads <= failing ? "99.1.0" : undefined;
    },
  };
  return { file, options, threads: () => threads };
}

test("a checkpoint that fails is made up for by the next, and the log does not grow for ever", async () => {
  const { file, options, threads } = longLog({ failing: 1 });
  const stop = startCheckpoints(options, () => {});
  onTestFinished(stop);
  await until("the log to be moved into the file", () => statSync(file).size > 6 * 1024 * 1024, 10_000);
  expect(threads()).toBe(2);
});

test("after the end no checkpoint begins, though a look at the log was under way", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { file, options, threads } = longLog({ failing: 1 });
  const stop = startCheckpoints(options, () => {});
  vi.advanceTimersByTime(1_000);
  await stop();
  for (let look = 0; look < 10; look++) await stat(`${file}-wal`);
  expect(threads()).toBe(0);
});
