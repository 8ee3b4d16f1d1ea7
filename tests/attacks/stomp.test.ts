import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { roomStream, roomVerb } from "#lib/chat/destinations.ts";
import { randomId } from "#lib/chat/ids.ts";
import type { Room } from "#lib/chat/room.ts";
import { type Account, ask, claim, createRoom, invite, lobby, signIn } from "#tests/support/place.ts";
import { rawHttp, upgradeRequest } from "#tests/support/raw-http.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { connectWire, openWire, type Wire, type WireFrame } from "#tests/support/wire.ts";

let server: TestServer;
let mina: Account;
let jun: Account;
let open: Room;
let secret: Room;

beforeAll(async () => {
  server = await startServer({ ui: false, env: { SEND_RATE: "1000", SEND_BURST: "10000", MAX_SUBSCRIPTIONS: "20" } });
  mina = await claim(server, "미나", "mina@example.com");
  jun = await invite(server, mina, "준", "jun@example.com");
  open = await lobby(server, mina);
  secret = await createRoom(server, mina, { name: "운영", kind: "admins" });
});

afterAll(() => server?.stop());

const connect = (account: Account) =>
  connectWire(server.endpoint, { headers: { cookie: account.cookie, origin: server.origin } });

/** A connection that is told of refusals instead of being closed. */
async function connectTold(account: Account): Promise<Wire> {
  const wire = await connect(account);
  await subscribe(wire, "/user/queue/refusals");
  return wire;
}

async function subscribe(wire: Wire, destination: string): Promise<WireFrame> {
  wire.send("SUBSCRIBE", { id: destination, destination, receipt: `in ${destination}` });
  return wire.frame("RECEIPT", { "receipt-id": `in ${destination}` });
}

let sent = 0;
async function post(wire: Wire, room: string, text: string): Promise<WireFrame> {
  const receipt = `post ${++sent}`;
  wire.send("SEND", { destination: roomVerb(room, "post"), receipt }, JSON.stringify({ text }));
  return wire.frame("RECEIPT", { "receipt-id": receipt });
}

/** The notice on the refusals queue for the frame with this receipt. */
function notice(wire: Wire, receipt: string): Promise<WireFrame> {
  return wire.frame("MESSAGE", { destination: "/user/queue/refusals", "receipt-id": receipt });
}

describe("before CONNECT", () => {
  test.each(["SEND", "SUBSCRIBE", "UNSUBSCRIBE", "DISCONNECT", "GET / HTTP/1.1"])(
    "A12 %s is an ERROR and does nothing",
    async (command) => {
      const headers = { cookie: jun.cookie, origin: server.origin };
      const wire = (await openWire(server.endpoint, { headers })) as Wire;
      wire.send(
        command,
        { destination: roomVerb(open.id, "post"), id: "x", receipt: "r" },
        JSON.stringify({ text: "before CONNECT" }),
      );
      await wire.frame("ERROR");
      await wire.closed;
      expect(wire.frames.map((frame) => frame.command)).toEqual(["ERROR"]);
      const { body } = await ask<{ messages: { text: string }[] }>(
        server,
        mina,
        "GET",
        `/api/rooms/${open.id}/messages`,
      );
      expect(body.messages.map(({ text }) => text)).not.toContain("before CONNECT");
    },
  );

  test("A13 login of somebody else is ignored: 준 stays 준", async () => {
    const headers = { cookie: jun.cookie, origin: server.origin };
    const wire = (await openWire(server.endpoint, { headers })) as Wire;
    wire.send("CONNECT", { "accept-version": "1.2", host: "localhost", login: mina.email });
    expect((await wire.frame("CONNECTED")).headers["user-id"]).toBe(jun.id);
    wire.close();
  });
});

describe("a room 준 may not enter", () => {
  const TRIES = 60;

  /** What a frame about this room is refused with, apart from the names that 준 chose himself; and how long it took, in ms. */
  async function refusal(wire: Wire, command: "SUBSCRIBE" | "SEND", room: string) {
    const receipt = randomId();
    const began = performance.now();
    if (command === "SUBSCRIBE") wire.send(command, { id: receipt, destination: roomStream(room), receipt });
    else wire.send(command, { destination: roomVerb(room, "post"), receipt }, JSON.stringify({ text: "들리나요?" }));
    const { headers, body } = await notice(wire, receipt);
    const names = ["receipt-id", "message-id", "subscription"];
    const told = Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
    return { told, body, took: performance.now() - began };
  }

  test.each([
    ["A14", "SUBSCRIBE"],
    ["A15", "SEND"],
  ] as const)("%s %s is answered as if the room did not exist, in the same time", async (_number, command) => {
    const wire = await connectTold(jun);
    const hidden: number[] = [];
    const missing: number[] = [];
    for (let times = 0; times < TRIES; times++) {
      const one = await refusal(wire, command, secret.id);
      const other = await refusal(wire, command, randomId());
      expect({ told: one.told, body: one.body }).toEqual({ told: other.told, body: other.body });
      hidden.push(one.took);
      missing.push(other.took);
    }
    wire.close();
    expect(Math.abs(median(hidden) - median(missing))).toBeLessThan(5);
  });

  test("A14 without a queue for refusals the ERROR is the same, too", async () => {
    const errors = [];
    for (const room of [secret.id, randomId()]) {
      const wire = await connect(jun);
      wire.send("SUBSCRIBE", { id: "s", destination: roomStream(room) });
      const { headers, body } = await wire.frame("ERROR");
      errors.push({ headers, body, code: await wire.closed });
    }
    expect(errors[0]).toEqual(errors[1]);
    expect(errors[0]?.headers.code).toBe("not-found");
  });
});

const median = (numbers: number[]) =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] as number;

describe("destinations", () => {
  test("A16 wildcards, dots, encodings and doubled slashes name nothing", async () => {
    const id = open.id;
    const crooked = [
      "/topic/rooms/*",
      "/topic/rooms/>",
      "/topic/rooms/#",
      "/topic/**",
      `/topic/rooms/${id}/..`,
      `/topic/rooms/../rooms/${id}`,
      `/topic//rooms/${id}`,
      `/topic/rooms//${id}`,
      `/topic/rooms/${id}/`,
      `/topic/rooms/${id}%2Factivity`,
      `/topic/%72ooms/${id}`,
      `/TOPIC/rooms/${id}`,
      ` /topic/rooms/${id}`,
      `/topic/rooms/${id}?x=1`,
      `/user/${mina.id}/queue/inbox`,
      "/user/queue/inbox/",
      "/queue/inbox",
      "/topic/admin/stats",
      "",
    ];
    const wire = await connectTold(jun);
    for (const [index, destination] of crooked.entries()) {
      wire.send("SUBSCRIBE", { id: `c${index}`, destination, receipt: `c${index}` });
      await notice(wire, `c${index}`);
    }
    const received = wire.frames.length;
    const speaker = await connect(mina);
    await post(speaker, id, "A16");
    await subscribe(wire, roomStream(id));
    expect(wire.frames.slice(received).filter(({ body }) => body.includes("A16"))).toEqual([]);
    for (const one of [wire, speaker]) one.close();
  });

  test("A17 nobody can SEND straight to a topic or to a person", async () => {
    const listener = await connect(mina);
    await subscribe(listener, roomStream(open.id));
    await subscribe(listener, "/user/queue/inbox");
    const wire = await connectTold(jun);
    const targets = [
      roomStream(open.id),
      `${roomStream(open.id)}/activity`,
      `/user/${mina.id}/queue/inbox`,
      "/user/queue/inbox",
      "/user/queue/refusals",
      "/queue/x",
    ];
    for (const [index, destination] of targets.entries()) {
      wire.send("SEND", { destination, receipt: `t${index}` }, JSON.stringify({ text: "straight" }));
      await notice(wire, `t${index}`);
    }
    await post(wire, open.id, "the proper way");
    await listener.frame("MESSAGE", { destination: roomStream(open.id) });
    expect(listener.frames.filter(({ body }) => body.includes("straight"))).toEqual([]);
    for (const one of [wire, listener]) one.close();
  });

  test("A18 escapes in headers come back as escapes, not as headers of their own", async () => {
    const wire = await connectTold(jun);
    wire.send(
      "SEND",
      { destination: roomVerb(open.id, "post"), receipt: "a\\nadmin\\ctrue\\c" },
      JSON.stringify({ text: "A18" }),
    );
    const receipt = await wire.frame("RECEIPT");
    await expect.poll(() => wire.frames.at(-1)?.headers["receipt-id"]).toBe("a\\nadmin\\ctrue\\c");
    expect(wire.frames.map(({ headers }) => headers.admin)).not.toContain("true");
    expect(receipt.command).toBe("RECEIPT");
    wire.send(
      "SEND",
      { destination: roomVerb(open.id, "post"), receipt: "b", "client-id": "x\\nrev:9", "content-type": "text/plain" },
      "A18",
    );
    expect((await notice(wire, "b")).body).toContain("malformed");
    wire.close();
  });

  test("A19 author, rev, seq and time are the server's, whatever a client claims", async () => {
    const wire = await connect(jun);
    await subscribe(wire, roomStream(open.id));
    const claimed = {
      id: "chosen",
      author: mina.id,
      rev: 999_999,
      seq: 999_999,
      createdAt: "1999-01-01T00:00:00Z",
      room: secret.id,
    };
    const headers = { rev: "999999", author: mina.id, time: "1999-01-01T00:00:00Z", "message-id": "chosen" };
    wire.send(
      "SEND",
      { destination: roomVerb(open.id, "post"), receipt: "r", ...headers },
      JSON.stringify({ text: "A19", ...claimed }),
    );
    const receipt = await wire.frame("RECEIPT", { "receipt-id": "r" });
    const message = await wire.frame("MESSAGE", { rev: receipt.headers.rev as string });
    const body = JSON.parse(message.body);
    expect(body).toMatchObject({ text: "A19", author: jun.id, room: open.id });
    expect(Number(receipt.headers.rev)).toBeLessThan(999_999);
    expect([body.id, message.headers["message-id"]]).not.toContain("chosen");
    expect(Math.abs(Date.now() - Date.parse(body.createdAt))).toBeLessThan(60_000);
    wire.close();
  });
});

describe("revocation", () => {
  test("A20 taken out of a room, 준 receives nothing that is said after, and learns of it within a second", async () => {
    const room = await createRoom(server, mina, { name: "함께", kind: "members" });
    await ask(server, mina, "PUT", `/api/rooms/${room.id}/members/${jun.id}`);
    const [speaker, listener] = [await connect(mina), await connectTold(jun)];
    await subscribe(listener, "/user/queue/inbox");
    await subscribe(listener, roomStream(room.id));
    await post(speaker, room.id, "with 준");
    await listener.frame("MESSAGE", { destination: roomStream(room.id) });

    const began = performance.now();
    const { status } = await ask(server, mina, "DELETE", `/api/rooms/${room.id}/members/${jun.id}`);
    expect(status).toBe(204);
    for (let times = 0; times < 20; times++) await post(speaker, room.id, "without 준");
    await expect.poll(() => listener.frames.some(({ body }) => body.includes("room-gone"))).toBe(true);
    expect(performance.now() - began).toBeLessThan(1_000);
    // A later answer on the same socket: whatever was sent before it has arrived.
    await post(listener, open.id, "still here");
    expect(listener.frames.filter(({ body }) => body.includes("without 준"))).toEqual([]);
    for (const one of [speaker, listener]) one.close();
  });

  async function closesAll(account: Account, cookies: string[], act: () => Promise<unknown>): Promise<void> {
    const wires = await Promise.all(cookies.map((cookie) => connect({ ...account, cookie })));
    const began = performance.now();
    await act();
    expect(await Promise.all(wires.map((wire) => wire.closed))).toEqual(wires.map(() => 4401));
    expect(performance.now() - began).toBeLessThan(1_000);
    for (const cookie of cookies) expect((await ask(server, { cookie }, "GET", "/api/me")).status).toBe(401);
  }

  test("A21 signing out closes the sockets of that session, and of no other", async () => {
    const { email, password } = jun;
    const [leaving, staying] = [await signIn(server, email, password), await signIn(server, email, password)];
    const other = await connect({ ...jun, cookie: staying });
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

  test("A21 a password set on the console closes them all", async () => {
    const sora = await invite(server, mina, "소라", "sora@example.com");
    await closesAll(sora, [sora.cookie], () =>
      server.sarangbang(["user", "set-password", "--email", sora.email], "콘솔에서 정한 비밀번호\n"),
    );
  });

  test("A21 a revoked token closes its socket", async () => {
    const words = ["token", "add", "--user", jun.email, "--scopes", "read"];
    const { id, token } = await server.sarangbang<{ id: string; token: string }>(words);
    const wire = await connectWire(server.endpoint, { passcode: token });
    await server.sarangbang(["token", "revoke", "--id", id]);
    expect(await wire.closed).toBe(4401);
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

describe("limits", () => {
  test("A23 a person may hold so many connections, and an address so many", async () => {
    const strict = await startServer({
      ui: false,
      env: { MAX_CONNECTIONS_PER_USER: "2", MAX_CONNECTIONS_PER_ADDRESS: "4" },
    });
    const host = await claim(strict, "미나", "mina@example.com");
    const headers = { cookie: host.cookie, origin: strict.origin };
    const wires = [await connectWire(strict.endpoint, { headers }), await connectWire(strict.endpoint, { headers })];
    const third = (await openWire(strict.endpoint, { headers })) as Wire;
    third.send("CONNECT", { "accept-version": "1.2", host: "localhost" });
    expect((await third.frame("ERROR")).headers.code).toBe("rate-limited");
    await third.closed;
    const idle = [await openWire(strict.endpoint), await openWire(strict.endpoint)];
    expect(idle.every((wire) => !("refused" in wire))).toBe(true);
    expect(await openWire(strict.endpoint)).toEqual({ refused: 429 });
    for (const wire of wires) wire.close();
    await strict.stop();
  });

  test("A24 a bomb of subscriptions is refused at the limit, and a transaction is refused outright", async () => {
    const wire = await connectTold(jun);
    for (let index = 0; index < 19; index++)
      wire.send("SUBSCRIBE", { id: `s${index}`, destination: roomStream(open.id), receipt: `s${index}` });
    await wire.frame("RECEIPT", { "receipt-id": "s18" });
    wire.send("SUBSCRIBE", { id: "s19", destination: roomStream(open.id), receipt: "s19" });
    expect((await notice(wire, "s19")).body).toContain("rate-limited");
    for (let index = 0; index < 100; index++) wire.send("BEGIN", { transaction: `t${index}`, receipt: `t${index}` });
    const answer = await wire.frame("ERROR");
    expect(answer.headers.code).toBe("unsupported");
    expect((await fetch(`${server.origin}/up`)).status).toBe(200);
  });

  test("a send rate is kept to: beyond the burst 준 is told when to try again", async () => {
    const strict = await startServer({ ui: false, env: { SEND_RATE: "1", SEND_BURST: "3" } });
    const host = await claim(strict, "미나", "mina@example.com");
    const room = await lobby(strict, host);
    const wire = await connectWire(strict.endpoint, { headers: { cookie: host.cookie, origin: strict.origin } });
    await subscribe(wire, "/user/queue/refusals");
    for (let index = 0; index < 4; index++) {
      wire.send(
        "SEND",
        { destination: roomVerb(room.id, "post"), receipt: `p${index}` },
        JSON.stringify({ text: `${index}` }),
      );
    }
    const told = JSON.parse((await notice(wire, "p3")).body);
    expect(told).toMatchObject({ code: "rate-limited" });
    expect(told.retryAfter).toBeGreaterThan(0);
    wire.close();
    await strict.stop();
  });

  test("bytes that are no STOMP, and upgrades that are no WebSocket, leave the process alone", async () => {
    for (const bytes of [
      "\0\0\0",
      "CONNECT\r\n\r\n\r\n",
      "CONNECT\naccept-version:1.2\ncontent-length:-1\n\n\0",
      "A".repeat(9_000),
    ]) {
      const wire = (await openWire(server.endpoint)) as Wire;
      wire.send(bytes);
      wire.close();
    }
    const host = `localhost:${server.port}`;
    await rawHttp(server.port, upgradeRequest("/stomp", host).replace("13", "99"), 500);
    await rawHttp(server.port, `GET /stomp HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect((await fetch(`${server.origin}/up`)).status).toBe(200);
  });
});
