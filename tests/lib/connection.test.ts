import { describe, expect, test } from "vitest";
import { isRefusal } from "#lib/chat/refusal.ts";
import { backoff } from "#lib/client/backoff.ts";
import { Connection } from "#lib/client/connection.ts";
import { settled } from "./manual-clock.ts";
import { ScriptedEnvironment } from "./scripted-environment.ts";

const ROOM = "/topic/rooms/room";

async function open() {
  const around = new ScriptedEnvironment();
  const connection = new Connection("ws://test/stomp", around.environment);
  void connection.start();
  await settled();
  const state = () => connection.state.get().state;
  return { around, connection, state };
}

function listenTo(connection: Connection, destination = ROOM) {
  const heard: string[] = [];
  const handle = connection.subscribe({
    destination,
    headers: () => ({ from: "4" }),
    onMessage: (body) => heard.push(body),
    onReceipt: ({ head }) => heard.push(`stands at ${head}`),
    onRefused: ({ code }) => heard.push(`refused: ${code}`),
    onDown: () => heard.push("down"),
  });
  return { heard, ...handle };
}

describe("coming back", () => {
  test("waits longer and longer, anywhere between nothing and the longest wait", () => {
    const longest = [0, 1, 2, 6, 59, 60].map((attempt) => backoff(attempt, () => 1));
    expect(longest).toEqual([500, 1_000, 2_000, 5_000, 5_000, 30_000]);
    expect(backoff(6, () => 0)).toBe(0);
    expect(backoff(1, () => 0.5, 7)).toBe(7_500);
  });

  test("backs off while the server is away, and begins anew once it was there", async () => {
    const { around, state } = await open();
    expect(state()).toBe("connecting");
    const waits: (number | undefined)[] = [];
    for (let n = 0; n < 3; n++) {
      around.socket.drop();
      waits.push(around.clock.next());
      await around.clock.pass(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([500, 1_000, 2_000]);
    expect(state()).toBe("offline");
    await around.connect();
    expect(state()).toBe("online");
    around.socket.drop();
    expect(state()).toBe("connecting");
    expect(around.clock.next()).toBe(500);
  });

  test("waits as long as the server says when it shuts down", async () => {
    const { around } = await open();
    await around.connect();
    around.socket.receive("ERROR", { code: "shutting-down", message: "…", "retry-after": "12" });
    expect(around.clock.next()).toBe(12_500);
    around.sign("awake");
    await settled();
    expect(around.sockets.length).toBe(1);
  });

  test("comes back at once when the network does", async () => {
    const { around } = await open();
    around.socket.drop();
    around.sign("online");
    await settled();
    expect(around.sockets.length).toBe(2);
  });

  test("gives up a server that does not answer CONNECT", async () => {
    const { around, state } = await open();
    await around.clock.pass(15_000);
    expect(state()).toBe("connecting");
    await around.clock.pass(500);
    expect(around.sockets.length).toBe(2);
  });

  for (const code of ["unauthenticated", "expired"] as const)
    test(`ends for good when the session is ${code}`, async () => {
      const { around, connection } = await open();
      await around.connect();
      around.socket.receive("ERROR", { code, message: "…" });
      expect(connection.state.get()).toEqual({ state: "offline", ended: code });
      await around.clock.pass(120_000);
      around.sign("online");
      await settled();
      expect(around.sockets.length).toBe(1);
    });

  test("ends for good when the socket is closed with 4401", async () => {
    const { around, connection } = await open();
    await around.connect();
    around.socket.drop(4401);
    expect(connection.state.get()).toEqual({ state: "offline", ended: "expired" });
  });
});

describe("after the machine slept", () => {
  test("a connection that does not answer within 4 s is given up", async () => {
    const { around } = await open();
    await around.connect();
    around.sign("awake");
    await around.clock.pass(4_500);
    expect(around.sockets.length).toBe(2);
  });

  test("a connection that answers is kept", async () => {
    const { around, state } = await open();
    await around.connect();
    around.sign("awake");
    around.sign("awake");
    expect(around.socket.said().slice(-2)).toEqual(["SUBSCRIBE /user/queue/refusals", "UNSUBSCRIBE probe-1"]);
    around.socket.receipt("UNSUBSCRIBE", "probe-1");
    await around.clock.pass(10_000);
    expect(around.sockets.length).toBe(1);
    expect(state()).toBe("online");
  });
});

describe("subscriptions", () => {
  test("refusals come first, and everything is subscribed again after a lost connection", async () => {
    const { around, connection } = await open();
    const { heard } = listenTo(connection);
    await around.connect();
    const said = ["CONNECT", "SUBSCRIBE /user/queue/refusals", `SUBSCRIBE ${ROOM}`];
    expect(around.socket.said()).toEqual(said);
    expect(around.socket.last("SUBSCRIBE", ROOM).headers).toMatchObject({ id: ROOM, from: "4" });
    around.socket.receipt("SUBSCRIBE", ROOM, { head: "6" });
    await settled();
    around.socket.drop();
    await around.clock.pass(500);
    await around.connect();
    expect(around.socket.said()).toEqual(said);
    expect(heard).toEqual(["stands at 6", "down"]);
  });

  test("one that is refused is told of, and the connection stays", async () => {
    const { around, connection, state } = await open();
    const { heard, cancel } = listenTo(connection);
    await around.connect();
    const { receipt = "" } = around.socket.last("SUBSCRIBE", ROOM).headers;
    const notice = { code: "not-found", message: "…" };
    around.socket.tell("/user/queue/refusals", notice, { "receipt-id": receipt, code: "not-found" });
    await settled();
    expect(heard).toEqual(["refused: not-found"]);
    cancel();
    expect(around.socket.said()).not.toContain(`UNSUBSCRIBE ${ROOM}`);
    expect(state()).toBe("online");
  });

  test("one that nobody else tries again, as 미나's inbox, is subscribed again when the server said so, and not before", async () => {
    const { around, connection } = await open();
    const inbox = "/user/queue/inbox";
    const heard: string[] = [];
    connection.subscribe({ destination: inbox, onMessage: () => {}, onReceipt: () => heard.push("stands") });
    await around.connect();
    const refuse = (code: string) => {
      const { receipt = "" } = around.socket.last("SUBSCRIBE", inbox).headers;
      around.socket.tell("/user/queue/refusals", { code, message: "…", retryAfter: 3 }, { "receipt-id": receipt });
    };
    const subscribed = () => around.socket.said().filter((frame) => frame === `SUBSCRIBE ${inbox}`).length;
    refuse("rate-limited");
    await around.clock.pass(2_999);
    expect(subscribed()).toBe(1);
    await around.clock.pass(501);
    expect(subscribed()).toBe(2);
    around.socket.receipt("SUBSCRIBE", inbox);
    await settled();
    expect(heard).toEqual(["stands"]);
  });

  test("one that waits to be tried again is not subscribed twice when the connection comes back meanwhile", async () => {
    const { around, connection } = await open();
    connection.subscribe({ destination: ROOM, onMessage: () => {} });
    await around.connect();
    const { receipt = "" } = around.socket.last("SUBSCRIBE", ROOM).headers;
    const notice = { code: "rate-limited", message: "…", retryAfter: 3 };
    around.socket.tell("/user/queue/refusals", notice, { "receipt-id": receipt });
    await settled();
    around.socket.drop();
    await around.clock.pass(500);
    await around.connect();
    await around.clock.pass(9_000);
    expect(around.socket.said().filter((frame) => frame === `SUBSCRIBE ${ROOM}`)).toHaveLength(1);
  });

  test("one that was cancelled is heard no more", async () => {
    const { around, connection } = await open();
    const { heard, cancel } = listenTo(connection);
    await around.connect();
    around.socket.receipt("SUBSCRIBE", ROOM, { head: "6" });
    await settled();
    cancel();
    around.socket.tell(ROOM, { late: true });
    expect(around.socket.said().at(-1)).toBe(`UNSUBSCRIBE ${ROOM}`);
    expect(heard).toEqual(["stands at 6"]);
  });
});

describe("a subscription that is cancelled before it stands", () => {
  test("is told of nothing any more", async () => {
    const { around, connection } = await open();
    const { heard, cancel } = listenTo(connection);
    await around.connect();
    cancel();
    around.socket.receipt("SUBSCRIBE", ROOM, { head: "6" });
    await settled();
    expect(around.socket.said().at(-1)).toBe(`UNSUBSCRIBE ${ROOM}`);
    expect(heard).toEqual([]);
  });
});

describe("sending", () => {
  test("resolves with the RECEIPT", async () => {
    const { around, connection } = await open();
    await around.connect();
    const sent = connection.send("/app/rooms/room/post", { text: "안녕" });
    expect(around.socket.last("SEND", "/app/rooms/room/post").body).toBe('{"text":"안녕"}');
    around.socket.receipt("SEND", "/app/rooms/room/post", { rev: "7" });
    expect(await sent).toMatchObject({ rev: "7" });
  });

  test("rejects with the reason, and for how long", async () => {
    const { around, connection } = await open();
    await around.connect();
    const sent = connection.send("/app/rooms/room/post", { text: "안녕" });
    const { receipt = "" } = around.socket.last("SEND", "/app/rooms/room/post").headers;
    const notice = { code: "rate-limited", message: "…", retryAfter: 3 };
    around.socket.tell("/user/queue/refusals", notice, { "receipt-id": receipt });
    await expect(sent).rejects.toMatchObject({ code: "rate-limited", retryAfter: 3 });
  });

  test("rejects as lost when the connection goes, or no RECEIPT comes", async () => {
    const { around, connection, state } = await open();
    await around.connect();
    const sent = connection.send("/app/rooms/room/post", { text: "안녕" });
    const failed = sent.catch((error: unknown) => isRefusal(error) && error.field);
    await around.clock.pass(20_000);
    expect(await failed).toBe("connection");
    expect(state()).not.toBe("online");
  });
});
