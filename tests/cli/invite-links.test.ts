import { afterAll, beforeAll, expect, test } from "vitest";
import { sarangbang } from "#tests/support/command.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const PATIENCE = 90_000;

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ ui: false });
}, PATIENCE);

afterAll(() => server?.stop());

/** The links that a console prints whose own environment knows nothing but the data folder and `env`. */
async function links(env: Record<string, string> = {}): Promise<string[]> {
  const added = await sarangbang(server.dataDir, ["invite", "add"], { env });
  const listed = await sarangbang(server.dataDir, ["invite", "list"], { env });
  return [added.out, listed.out].flatMap((out) => out.match(/http\S+(?=\/join\/)/g) ?? []);
}

test(
  "미나's console prints links to the running server's address, which only the server was told",
  async () => {
    expect(await links()).toEqual([server.origin, server.origin]);
  },
  PATIENCE,
);

test(
  "an address that 미나's console is told itself comes first",
  async () => {
    expect(new Set(await links({ ORIGIN: "https://chat.example.com" }))).toEqual(new Set(["https://chat.example.com"]));
    expect(new Set(await links({ PORT: "4000" }))).toEqual(new Set(["http://localhost:4000"]));
  },
  PATIENCE,
);
