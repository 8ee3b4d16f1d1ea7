import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { roomStream } from "#lib/chat/destinations.ts";
import type { Room } from "#lib/chat/room.ts";
import { A_SECOND } from "#tests/support/a-second.ts";
import { openConsole, type TestConsole } from "#tests/support/console.ts";
import { type Account, ask, claim, createRoom, invite, lobby, signIn } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { connectAs, connectTold, post, subscribe } from "#tests/support/talk.ts";
import { connectWire } from "#tests/support/wire.ts";

let server: TestServer;
let mina: Account;
let jun: Account;
let open: Room;
let console: TestConsole;

beforeAll(async () => {
  server = await startServer({ ui: false, env: { SEND_RATE: "1000", SEND_BURST: "10000", MAX_SUBSCRIPTIONS: "20" } });
  mina = await claim(server, "미나", "mina@example.com");
  jun = await invite(server, mina, "준", "jun@example.com");
  open = await lobby(server, mina);
  console = await openConsole(server);
}, 60_000);

afterAll(async () => {
  await console?.close();
  await server?.stop();
});

describe("revocation", () => {
  test("A20 taken out of a room, 준 receives nothing that is said after, and learns of it within a second", async () => {
    const room = await createRoom(server, mina, { name: "함께", kind: "members" }, [jun]);
    const [speaker, listener] = [await connectAs(server, mina), await connectTold(server, jun)];
    await subscribe(listener, "/user/queue/inbox");
    await subscribe(listener, roomStream(room.id));
    await post(speaker, room.id, "with 준");
    await listener.frame("MESSAGE", { destination: roomStream(room.id) });

    const began = performance.now();
    const { status } = await ask(server, mina, "DELETE", `/api/rooms/${room.id}/members/${jun.id}`);
    expect(status).toBe(204);
    for (let times = 0; times < 20; times++) await post(speaker, room.id, "without 준");
    await expect.poll(() => listener.frames.some(({ body }) => body.includes("room-gone"))).toBe(true);
    expect(performance.now() - began).toBeLessThan(A_SECOND);
    // A later answer on the same socket: whatever was sent before it has arrived.
    await post(listener, open.id, "still here");
    expect(listener.frames.filter(({ body }) => body.includes("without 준"))).toEqual([]);
    for (const one of [speaker, listener]) one.close();
  });

  async function closesAll(account: Account, cookies: string[], act: () => Promise<unknown>): Promise<void> {
    const wires = await Promise.all(cookies.map((cookie) => connectAs(server, { ...account, cookie })));
    await act();
    const began = performance.now();
    expect(await Promise.all(wires.map((wire) => wire.closed))).toEqual(wires.map(() => 4401));
    expect(performance.now() - began).toBeLessThan(A_SECOND);
    for (const cookie of cookies) expect((await ask(server, { cookie }, "GET", "/api/me")).status).toBe(401);
  }

  test("A21 signing out closes the sockets of that session, and of no other", async () => {
    const { email, password } = jun;
    const [leaving, staying] = [await signIn(server, email, password), await signIn(server, email, password)];
    const other = await connectAs(server, { ...jun, cookie: staying });
    await closesAll(jun, [leaving, leaving], () => signOut(leaving));
    await post(other, open.id, "still signed in");
    other.close();
  });

  test("A21 a suspension closes every socket of 하은", async () => {
    const haeun = await invite(server, mina, "하은", "haeun@example.com");
    const again = await signIn(server, haeun.email, haeun.password);
    await closesAll(haeun, [haeun.cookie, again], () =>
      ask(server, mina, "PATCH", `/api/people/${haeun.id}`, { suspended: true }),
    );
    await expect(signIn(server, haeun.email, haeun.password)).rejects.toThrow("401");
  });

  test("A21 a new password closes the sockets of all her other sessions", async () => {
    const yuna = await invite(server, mina, "유나", "yuna@example.com");
    const other = await signIn(server, yuna.email, yuna.password);
    const next = { current: yuna.password, next: "새 비밀번호는 이것" };
    await closesAll(yuna, [other], () => ask(server, yuna, "POST", "/api/me/password", next));
    expect((await ask(server, yuna, "GET", "/api/me")).status).toBe(200);
  });

  test("A21 a password that an admin sets closes every socket of 나래", async () => {
    const narae = await invite(server, mina, "나래", "narae@example.com");
    const again = await signIn(server, narae.email, narae.password);
    const set = () => ask(server, mina, "POST", `/api/people/${narae.id}/password`, { password: "나래의 새 비밀번호" });
    await closesAll(narae, [narae.cookie, again], set);
    await expect(signIn(server, narae.email, narae.password)).rejects.toThrow("401");
    await signIn(server, narae.email, "나래의 새 비밀번호");
  });

  test("A21 a password set on the console closes them all", async () => {
    const sora = await invite(server, mina, "소라", "sora@example.com");
    const change = () => console.chat.people.setPassword({ via: "console" }, sora.id, "콘솔에서 정한 비밀번호");
    await closesAll(sora, [sora.cookie], change);
  });

  test("A21 a revoked token closes its socket", async () => {
    const { id, token } = await console.token(jun.id, ["read"]);
    const wire = await connectWire(server.endpoint, { passcode: token });
    await console.chat.tokens.revoke({ via: "console" }, id);
    expect(await wire.closed).toBe(4401);
  });

  test("A22 a token that expires closes its socket, though nothing is said on it", async () => {
    const expiresAt = Date.now() + 1_500;
    const soon = await console.token(jun.id, ["read"], 1_500);
    const wire = await connectWire(server.endpoint, { passcode: soon.token });
    expect(await wire.closed).toBe(4401);
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt - 50);
    expect((await wire.frame("ERROR")).headers.code).toBe("expired");
  });

  async function signOut(cookie: string): Promise<void> {
    const csrf = await fetch(`${server.origin}/api/auth/csrf`, { headers: { cookie } });
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const cookies = [cookie, ...csrf.headers.getSetCookie().map((set) => set.split(";", 1)[0])].join("; ");
    await fetch(`${server.origin}/api/auth/signout`, {
      method: "POST",
      headers: { cookie: cookies, origin: server.origin },
      body: new URLSearchParams({ csrfToken, json: "true" }),
    });
  }
});
