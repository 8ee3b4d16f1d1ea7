import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { roomStream, roomVerb } from "#lib/chat/destinations.ts";
import type { Me } from "#lib/chat/person.ts";
import { openConsole, type TestConsole } from "#tests/support/console.ts";
import { type Account, type Answer, ask, createRoom, invite, lobby, signIn } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { connectWire, openWire } from "#tests/support/wire.ts";

let server: TestServer;
let mina: Account;
let jun: Account;

let unknownProxy: number;
let claims: Answer<unknown>[];

beforeAll(async () => {
  // Behind a proxy that is trusted, so that a test can come from many addresses.
  server = await startServer({
    ui: false,
    env: { TRUSTED_PROXIES: "127.0.0.1", LOG_LEVEL: "trace", MAX_CONNECTIONS_PER_ADDRESS: "3" },
  });
  unknownProxy = await claimThroughProxy();
  claims = await Promise.all(["a", "b", "c", "d"].map((name) => ask(server, {}, "POST", "/api/setup", setup(name))));
  const console = await openConsole(server);
  mina = await addAdmin(console);
  await console.close();
  jun = await invite(server, mina, "준", "jun@example.com");
}, 60_000);

afterAll(() => server?.stop());

const setup = (name: string) => ({
  placeName: name,
  name,
  email: `${name}@example.com`,
  password: "첫 번째 비밀번호",
  language: "ko",
});

async function claimThroughProxy(): Promise<number> {
  const headers = { "content-type": "application/json", origin: server.origin, "x-forwarded-for": "203.0.113.7" };
  const answer = await fetch(`${server.origin}/api/setup`, {
    method: "POST",
    headers,
    body: JSON.stringify(setup("x")),
  });
  return answer.status;
}

async function addAdmin({ chat }: TestConsole): Promise<Account> {
  const mina = { name: "미나", email: "mina@example.com", password: "미나의 비밀번호" };
  const { id } = await chat.people.add({ via: "console" }, { ...mina, role: "admin" });
  return { id, ...mina, cookie: await signIn(server, mina.email, mina.password) };
}

/** Tries to sign in from an address. The error is what the page would word; undefined: signed in. */
async function tryToSignIn(email: string, password: string, address: string) {
  const csrf = await fetch(`${server.origin}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const cookie = csrf.headers
    .getSetCookie()
    .map((set) => set.split(";", 1)[0])
    .join("; ");
  const began = performance.now();
  const answer = await fetch(`${server.origin}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie, origin: server.origin, "x-forwarded-for": address },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
    redirect: "manual",
  });
  const took = performance.now() - began;
  const { url } = (await answer.json()) as { url: string };
  return { status: answer.status, error: new URL(url).searchParams.get("error") ?? undefined, took };
}

const median = (numbers: number[]) =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] as number;

test("A29 nobody makes himself an admin by saying so", async () => {
  const { body: invitation } = await ask<{ code: string }>(server, mina, "POST", "/api/invites", {});
  const newcomer = { name: "하은", email: "haeun@example.com", password: "하은의 비밀번호" };
  for (const more of [{ role: "admin" }, { kind: "bot" }, { id: mina.id }, { suspended: false }]) {
    const { status } = await ask(server, {}, "POST", `/api/join/${invitation.code}`, { ...newcomer, ...more });
    expect(status).toBe(400);
  }
  for (const change of [
    { role: "admin" },
    { email: mina.email },
    { id: mina.id },
    { preferences: { role: "admin" } },
  ]) {
    expect((await ask(server, jun, "PATCH", "/api/me", change)).status).toBe(400);
  }
  const room = await createRoom(server, mina, { name: "주제" });
  for (const change of [{ head: 0 }, { countable: 9 }, { mayManage: true }, { id: "x" }]) {
    expect((await ask(server, mina, "PATCH", `/api/rooms/${room.id}`, change)).status).toBe(400);
  }
  const { body } = await ask<Me>(server, jun, "GET", "/api/me");
  expect(body).toMatchObject({ role: "member", email: jun.email });
});

describe("A30 accounts cannot be enumerated", () => {
  test("A30 an unknown address and a wrong password are the same answer, in the same time", async () => {
    const known: number[] = [];
    const unknown: number[] = [];
    for (let times = 0; times < 8; times++) {
      const one = await tryToSignIn(mina.email, `wrong password ${times}`, `10.30.0.${times}`);
      const other = await tryToSignIn(`nobody${times}@example.com`, `wrong password ${times}`, `10.30.1.${times}`);
      expect({ ...one, took: 0 }).toEqual({ ...other, took: 0 });
      expect(one).toMatchObject({ status: 401, error: "unauthenticated" });
      known.push(one.took);
      unknown.push(other.took);
    }
    const [slow, fast] = [Math.max(median(known), median(unknown)), Math.min(median(known), median(unknown))];
    expect(slow / fast).toBeLessThan(2);
  });

  test("A30 without a good invite nobody learns whether an address is taken", async () => {
    const answers = [];
    for (const email of [mina.email, "nobody@example.com"]) {
      answers.push(
        await ask(server, {}, "POST", "/api/join/nobodymadethis", { name: "x", email, password: "비밀번호 하나 둘" }),
      );
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.status).toBe(404);
  });
});

describe("A31 guessing passwords", () => {
  test("A31 one address that guesses is told to wait, while 준 himself still gets in from his own", async () => {
    const outcomes = [];
    for (let times = 0; times < 12; times++) outcomes.push(await tryToSignIn(jun.email, `guess ${times}`, "10.31.0.1"));
    expect(outcomes.at(-1)).toMatchObject({ status: 401, error: "rate-limited" });
    expect(await tryToSignIn(jun.email, jun.password, "10.31.0.2")).toMatchObject({ status: 200, error: undefined });
  });

  test("A31 one address that sprays one password over many accounts is told to wait", async () => {
    const outcomes = [];
    for (let times = 0; times < 61; times++)
      outcomes.push(await tryToSignIn(`person${times}@example.com`, "password123", "10.31.1.1"));
    expect(outcomes.at(-1)).toMatchObject({ status: 401, error: "rate-limited" });
  });
});

test("A32 when several visitors claim the first-run page at once, one of them has it", () => {
  expect(claims.map(({ status }) => status).sort()).toEqual([201, 404, 404, 404]);
});

test("the first-run page is closed to whoever comes through a proxy while ORIGIN is loopback", () => {
  expect(unknownProxy).toBe(403);
});

test("beyond loopback the first run wants the code that the console has printed", async () => {
  const beyond = await startServer({ ui: false, env: { HOST: "0.0.0.0" } });
  const code = /once: ([A-Z0-9-]{14})/.exec(beyond.output())?.[1] as string;
  for (const wrong of [undefined, "", "AAAA-AAAA-AAAA", code.slice(0, -1)]) {
    const answer = await ask(beyond, {}, "POST", "/api/setup", { ...setup("mina"), code: wrong });
    expect(answer).toMatchObject({ status: 403, body: { field: "code" } });
  }
  expect((await ask(beyond, {}, "POST", "/api/setup", { ...setup("mina"), code: code.toLowerCase() })).status).toBe(
    201,
  );
  await beyond.stop();
}, 60_000);

test("A11 behind a trusted proxy a connection counts for the address the proxy names, and not for what stood there before", async () => {
  const refusals = async (addresses: string[]) => {
    const wires = await Promise.all(
      addresses.map((address) => openWire(server.endpoint, { headers: { "x-forwarded-for": address } })),
    );
    for (const wire of wires) if (!("refused" in wire)) wire.close();
    return wires.flatMap((wire) => ("refused" in wire ? [wire.refused] : []));
  };
  expect(await refusals(["1.1.1.1", "2.2.2.2", "3.3.3.3", "4.4.4.4"])).toEqual([]);
  expect(await refusals(["5.5.5.5", "5.5.5.5", "5.5.5.5", "5.5.5.5"])).toEqual([429]);
  expect(await refusals(["1.1.1.1, 6.6.6.6", "2.2.2.2, 6.6.6.6", "3.3.3.3, 6.6.6.6", "4.4.4.4, 6.6.6.6"])).toEqual([
    429,
  ]);
});

test("A39 neither password, cookie, token nor message stands in the log, and a line break in a name starts no line", async () => {
  const console = await openConsole(server);
  const { token } = await console.token(jun.id, ["read", "post"]);
  await console.close();
  const room = await lobby(server, mina);
  const wire = await connectWire(server.endpoint, { passcode: token });
  wire.send("SUBSCRIBE", { id: "s", destination: roomStream(room.id) });
  wire.send("SEND", { destination: roomVerb(room.id, "post"), receipt: "r" }, JSON.stringify({ text: "비밀 이야기" }));
  await wire.frame("RECEIPT");
  wire.send("SEND", { destination: "/nowhere\\ninjected" }, "x");
  await wire.closed;
  await ask(server, { token }, "GET", "/api/rooms/x%0Ainjected");
  await tryToSignIn(mina.email, "wrong\ninjected", "10.39.0.1");
  const log = server.output();
  const session = /session-token=([^;]+)/.exec(jun.cookie)?.[1] as string;
  for (const secret of [token, session, jun.password, mina.password, "비밀 이야기"]) expect(log).not.toContain(secret);
  expect(log.split("\n").filter((line) => line.startsWith("injected"))).toEqual([]);
});
