import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type ConnectionOptions, connect } from "./connection.ts";
import type { Call } from "./group-commit.ts";

// The entry of a thread that moves what is in the write-ahead log into the database file. PASSIVE waits for nobody and stops nobody: a commit
// never pays for it (performance.md). Answers with the length of the log in pages.
const port = parentPort as MessagePort;
const { sqlite } = connect(workerData as ConnectionOptions);

port.on("message", (message: Call[] | "close") => {
  if (message === "close") {
    sqlite.close();
    port.close();
    return;
  }
  for (const { id } of message) {
    const [{ log }] = sqlite.pragma("wal_checkpoint(passive)") as [{ log: number }];
    port.postMessage({ id, ok: true, result: log });
  }
});
port.postMessage({ last: 0 });
