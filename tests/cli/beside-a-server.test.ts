import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InboxEvent } from "#lib/chat/inbox.ts";
import { A_SECOND } from "#tests/support/a-second.ts";
import { run } from "#tests/support/command.ts";
import { type Account, ask, signIn } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { connectAs, subscribe } from "#tests/support/talk.ts";
import { until } from "#tests/support/until.ts";
import type { Wire } from "#tests/support/wire.ts";

const PATIENCE = 90_000;
const PASSWORD = "a long password";

let server: TestServer;
let jun: Account;
let inbox: Wire;

beforeAll(async () => {
  server = await startServer({ ui: false });
  const add = (email: string, name: string, role: string) =>
    server.sarangbang<{ id: string }>(["user", "add", "--email", email, "--name", name, "--role", role], PASSWORD);
  await add("mina@example.com", "미나", "admin");
  const { id } = await add("jun@example.com", "준", "member");
  const cookie = await signIn(server, "jun@example.com", PASSWORD);
  jun = { id, name: "준", email: "jun@example.com", password: PASSWORD, cookie };
  inbox = await connectAs(server, jun);
  await subscribe(inbox, "/user/queue/inbox");
}, PATIENCE);

afterAll(async () => {
  inbox?.close();
  await server?.stop();
});

/** Runs a command, and expects what it did to be heard in 준's inbox within a second of its end. */
async function heard(words: string[], isIt: (event: InboxEvent) => boolean): Promise<void> {
  const before = inbox.frames.length;
  await server.sarangbang(words);
  const hears = () => inbox.frames.slice(before).some(({ body }) => body !== "" && isIt(JSON.parse(body)));
  await until(`${words.join(" ")} in the inbox`, hears, 1_000);
}

test("the first admin of the console closes the first-run page of the running server", async () => {
  const setup = { placeName: "x", name: "x", email: "x@example.com", password: PASSWORD, language: "ko" };
  expect((await ask(server, {}, "POST", "/api/setup", setup)).status).toBe(404);
});

describe("while the server runs", () => {
  test(
    "a room that 준 is let into appears within a second, and disappears when he is taken out",
    async () => {
      const room = await server.sarangbang<{ id: string }>(["room", "add", "--name", "함께", "--kind", "members"]);
      const named = ["--room", room.id, "--email", jun.email];
      await heard(["room", "grant", ...named], (event) => event.type === "room" && event.room.id === room.id);
      expect((await ask(server, jun, "GET", `/api/rooms/${room.id}`)).status).toBe(200);
      await heard(["room", "revoke", ...named], (event) => event.type === "room-gone" && event.room === room.id);
      expect((await ask(server, jun, "GET", `/api/rooms/${room.id}`)).status).toBe(404);
    },
    PATIENCE,
  );

  test(
    "an admins room comes and goes with the role",
    async () => {
      const room = await server.sarangbang<{ id: string }>(["room", "add", "--name", "운영", "--kind", "admins"]);
      const role = (name: string) => ["user", "set-role", "--email", jun.email, "--role", name];
      await heard(role("admin"), (event) => event.type === "room" && event.room.id === room.id);
      await heard(role("member"), (event) => event.type === "room-gone" && event.room === room.id);
    },
    PATIENCE,
  );

  test(
    "a suspension closes 준's socket within a second",
    async () => {
      await server.sarangbang(["user", "suspend", "--email", jun.email]);
      const began = performance.now();
      expect(await inbox.closed).toBe(4401);
      expect(performance.now() - began).toBeLessThan(A_SECOND);
    },
    PATIENCE,
  );
});

test(
  "SIGTERM ends the server with exit code 0, and an open socket hears that it shuts down",
  async () => {
    const mina = { cookie: await signIn(server, "mina@example.com", PASSWORD) };
    const wire = await connectAs(server, mina);
    const began = performance.now();
    expect(await server.terminate()).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await wire.closed).toBe(1012);
    expect((await wire.frame("ERROR")).headers.code).toBe("shutting-down");
  },
  PATIENCE,
);

test(
  "a taken port is one sentence and exit code 1",
  async () => {
    await server.start();
    const folder = await mkdtemp(join(tmpdir(), "sarangbang-second-"));
    const env = { PATH: process.env.PATH, DATA_DIR: folder, PORT: String(server.port) };
    const { code, err } = await run(process.execPath, ["tests/support/headless.ts"], env);
    expect({ code, err }).toEqual({
      code: 1,
      err: `Port ${server.port} is taken: stop what uses it, or choose another with PORT=${server.port + 1}.\n`,
    });
    await rm(folder, { recursive: true });
  },
  PATIENCE,
);

test("without anything installed bin/sarangbang says what to do", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sarangbang-bare-"));
  await mkdir(join(folder, "bin"));
  await copyFile("bin/sarangbang", join(folder, "bin/sarangbang"));
  const { code, err } = await run(join(folder, "bin/sarangbang"), ["user", "list"], process.env);
  expect({ code, err }).toEqual({
    code: 1,
    err: `Nothing is installed yet: run npm start (or npm ci) in ${folder} first.\n`,
  });
  await rm(folder, { recursive: true });
});
