import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cpuTime } from "#bench/cpu-time.ts";
import { roomVerb } from "#lib/chat/destinations.ts";
import { openConsole } from "#tests/support/console.ts";
import { converse } from "#tests/support/conversation.ts";
import { readFigures } from "#tests/support/figures.ts";
import { type Account, claim, invite, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { until } from "#tests/support/until.ts";
import { connectWire } from "#tests/support/wire.ts";

let server: TestServer;
let mina: Account;
let jun: Account;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer({ ui: false });
  mina = await claim(server, "미나", "mina@example.com");
  jun = await invite(server, mina, "준", "jun@example.com");
  const console = await openConsole(server);
  for (const scope of ["read", "post", "admin"] as const)
    tokens[`mina ${scope}`] = (await console.token(mina.id, [scope])).token as string;
  tokens["jun all"] = (await console.token(jun.id, ["read", "post", "admin"])).token as string;
  await console.close();
});

afterAll(() => server?.stop());

// Whoever comes through a proxy is not of this machine.
const AWAY = { "x-forwarded-for": "203.0.113.7" };

async function statusOf(headers: Record<string, string>, path = "/metrics"): Promise<number> {
  return (await fetch(server.origin + path, { headers })).status;
}

describe("A25 GET /metrics", () => {
  test("A25 whoever sits at the machine itself may read it, without any account", async () => {
    const answer = await fetch(`${server.origin}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect((await fetch(`${server.origin}/metrics`, { method: "POST" })).status).toBe(405);
  });

  test("A25 from elsewhere it is for 미나, who leads the place, and her admin token alone", async () => {
    const bearer = (name: string) => ({ ...AWAY, authorization: `Bearer ${tokens[name]}` });
    const got = {
      nobody: await statusOf(AWAY),
      jun: await statusOf({ ...AWAY, cookie: jun.cookie }),
      "jun all": await statusOf(bearer("jun all")),
      "mina read": await statusOf(bearer("mina read")),
      "mina post": await statusOf(bearer("mina post")),
      "a token that is none": await statusOf({ ...AWAY, authorization: "Bearer sb_nothing", cookie: mina.cookie }),
      mina: await statusOf({ ...AWAY, cookie: mina.cookie }),
      "mina admin": await statusOf(bearer("mina admin")),
    };
    expect(got).toEqual({
      ...{ nobody: 404, jun: 404, "jun all": 404, "mina read": 404, "mina post": 404, "a token that is none": 404 },
      ...{ mina: 200, "mina admin": 200 },
    });
  });

  test.each([["x-forwarded-for"], ["x-forwarded-proto"], ["x-forwarded-host"], ["forwarded"]])(
    "A25 what came with %s is not from this machine",
    async (name) => {
      expect(await statusOf({ [name]: name === "forwarded" ? "for=203.0.113.7" : "203.0.113.7" })).toBe(404);
    },
  );

  test("A25 to whoever may not read it, it is as a path that does not exist", async () => {
    const [metrics, unknown] = await Promise.all(
      ["/metrics", "/nothing-here"].map(async (path) => {
        const answer = await fetch(server.origin + path, { headers: { ...AWAY, cookie: jun.cookie } });
        const { date: _, ...headers } = Object.fromEntries(answer.headers);
        return { status: answer.status, headers, body: await answer.text() };
      }),
    );
    expect(metrics).toEqual(unknown);
  });

  test("A25 with an ORIGIN that is not loopback not even this machine is asked in without a token", async () => {
    const public_ = await startServer({ ui: false, env: { ORIGIN: "https://chat.example.com" } });
    const headers = { host: "chat.example.com" };
    expect((await fetch(`http://localhost:${public_.port}/metrics`, { headers })).status).toBe(404);
    await public_.stop();
  });
});

describe("the figures", () => {
  test("what 미나 posts and 준 hears is counted", async () => {
    const room = await lobby(server, mina);
    const wire = await connectWire(server.endpoint, { headers: { cookie: jun.cookie, origin: server.origin } });
    wire.send("SUBSCRIBE", { id: "room", destination: `/topic/rooms/${room.id}`, receipt: "subscribed" });
    await wire.frame("RECEIPT", { "receipt-id": "subscribed" });
    const before = await readFigures(server);
    await converse(server, room.id, [mina], ["하나", "둘", "셋"]);
    await until("준 to hear all three", () => wire.frames.filter(({ command }) => command === "MESSAGE").length === 3);
    const after = await readFigures(server);
    const more = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(after.get('sarangbang_connections{transport="websocket"}')).toBeGreaterThanOrEqual(1);
    expect(after.get("sarangbang_people")).toBeGreaterThanOrEqual(1);
    expect(after.get("sarangbang_subscriptions")).toBe(1);
    expect(more("sarangbang_messages_posted_total")).toBe(3);
    expect(more('sarangbang_frames_received_total{command="SEND"}')).toBe(3);
    expect(more('sarangbang_frames_sent_total{command="RECEIPT"}')).toBe(3);
    expect(more('sarangbang_frames_sent_total{command="MESSAGE"}')).toBe(3);
    expect(more("sarangbang_deliveries_total")).toBe(3);
    expect(more("sarangbang_sent_bytes_total")).toBeGreaterThan(300);
    expect(more("sarangbang_received_bytes_total")).toBeGreaterThan(300);
    expect(more("sarangbang_commit_seconds_count")).toBeGreaterThanOrEqual(3);
    expect(after.get('sarangbang_commit_seconds_bucket{le="+Inf"}')).toBe(after.get("sarangbang_commit_seconds_count"));
    expect(more("sarangbang_commit_seconds_sum")).toBeGreaterThan(0);
    expect(after.get("sarangbang_writes_waiting")).toBe(0);
    expect(after.get("sarangbang_database_up")).toBe(1);
    expect(after.get("sarangbang_database_seconds")).toBeGreaterThan(0);
    for (const name of ["nodejs_eventloop_lag_p50_seconds", "nodejs_eventloop_lag_p99_seconds"])
      expect(after.get(name), name).toBeGreaterThanOrEqual(0);
    for (const name of ["process_resident_memory_bytes", "nodejs_heap_size_used_bytes"])
      expect(after.get(name), name).toBeGreaterThan(0);
    // Of the process's whole life, not only since somebody first looked.
    expect(after.get("process_cpu_seconds_total")).toBeGreaterThan(cpuTime(server.pid) / 2e6);
    wire.close();
  });

  test("a retry of what 미나 has posted is no second message, and what she is refused is counted by its code", async () => {
    const room = await lobby(server, mina);
    const before = await readFigures(server);
    const wire = await connectWire(server.endpoint, { headers: { cookie: mina.cookie, origin: server.origin } });
    const post = { destination: roomVerb(room.id, "post"), "client-id": "0199f0a0-0000-7000-8000-000000000001" };
    for (const receipt of ["one", "two"]) {
      wire.send("SEND", { ...post, receipt }, JSON.stringify({ text: "한 번" }));
      await wire.frame("RECEIPT", { "receipt-id": receipt });
    }
    wire.send("SEND", { destination: roomVerb("nothing", "post") }, JSON.stringify({ text: "어디로?" }));
    await wire.closed;
    const after = await readFigures(server);
    const more = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(more("sarangbang_messages_posted_total")).toBe(1);
    expect(more('sarangbang_refusals_total{code="not-found"}')).toBe(1);
    expect(more('sarangbang_frames_sent_total{command="ERROR"}')).toBe(1);
  });
});
