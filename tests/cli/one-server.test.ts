import { afterEach, beforeEach, expect, test } from "vitest";
import { run, sarangbang } from "#tests/support/command.ts";
import { freePort } from "#tests/support/free-port.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const PATIENCE = 90_000;

let server: TestServer;

beforeEach(async () => {
  server = await startServer({ ui: false });
}, PATIENCE);

afterEach(() => server?.stop());

/** Another start, as 준 would type it in a second terminal. */
async function startAgain(port: number) {
  const env = { PATH: process.env.PATH, DATA_DIR: server.dataDir, PORT: String(port), LOG_LEVEL: "silent" };
  return run(process.execPath, ["tests/support/headless.ts"], env);
}

test(
  "a second server on 미나's data folder is one sentence and exit code 1, whatever its port",
  async () => {
    for (const port of [server.port, await freePort()]) {
      const { code, out, err } = await startAgain(port);
      expect({ code, out, err }).toEqual({
        code: 1,
        out: "",
        err: `Another Sarangbang is running on the data folder ${server.dataDir}: use that one, stop it, or choose another folder with DATA_DIR.\n`,
      });
    }
    expect((await fetch(`${server.origin}/up`)).status).toBe(200);
    expect((await sarangbang(server.dataDir, ["user", "list"])).code).toBe(0);
  },
  PATIENCE,
);

test(
  "after SIGKILL the next start has the data folder at once",
  async () => {
    await server.kill();
    await server.start();
    expect((await fetch(`${server.origin}/up`)).status).toBe(200);
  },
  PATIENCE,
);
