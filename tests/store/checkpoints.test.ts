import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startCheckpoints } from "#server/store/checkpoints.ts";
import { connect } from "#server/store/connection.ts";
import { until } from "#tests/support/until.ts";
import { tempFolder } from "./temp-folder.ts";

test("a checkpoint that fails is made up for by the next, and the log does not grow for ever", async () => {
  const file = join(tempFolder(), "chat.db");
  const { sqlite } = connect({ file, busyTimeout: 100 });
  onTestFinished(() => void sqlite.close());
  sqlite.exec("create table t (x); insert into t select randomblob(6 * 1024 * 1024)");
  let threads = 0;
  const options = {
    file,
    busyTimeout: 100,
    // The first thread ends as it starts.
    get oldestSqlite() {
      threads += 1;
      return threads === 1 ? "99.1.0" : undefined;
    },
  };
  const stop = startCheckpoints(options, () => {});
  onTestFinished(stop);
  await until("the log to be moved into the file", () => statSync(file).size > 6 * 1024 * 1024, 10_000);
  expect(threads).toBe(2);
});
