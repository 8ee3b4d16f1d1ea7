import { request } from "node:http";
import { connect as connectSocket, createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type BareBroker, type BrokerOptions, openBareBroker } from "#server/broker-main.ts";
import { fatal } from "#tests/conformance/exchange.ts";
import { type Carrier, type Opening, open, type RawPeer } from "#tests/conformance/raw-peer.ts";
import { freePort } from "#tests/support/free-port.ts";
import { rawHttp } from "#tests/support/raw-http.ts";
import { until } from "#tests/support/until.ts";

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

interface Started {
  broker: BareBroker;
  port: number;
  open(carrier: Carrier, options?: Opening): Promise<RawPeer>;
}

/** A bare broker that lets everybody in, unless the options say otherwise. */
async function start(departing: Partial<BrokerOptions> = {}): Promise<Started> {
  const [wsPort, tcpPort] = [await freePort(), await freePort()];
  const broker = await openBareBroker({
    ...{ host: "127.0.0.1", wsPort, wsPath: "/ws", tcpPort, passcode: undefined },
    ...{ maxFrameBytes: 65_536, log: { error: (details) => console.error(details), debug() {} } },
    ...departing,
  });
  opened.push(broker);
  const addresses = { websocket: `ws://127.0.0.1:${wsPort}/ws`, tcp: tcpPort };
  return { broker, port: wsPort, open: (carrier, options) => open(carrier, addresses, options) };
}

/** The status of the answer to an upgrade request. */
function upgrade(port: number, path: string, headers = {}, host = `127.0.0.1:${port}`): Promise<number | undefined> {
  const handshake = { "sec-websocket-version": "13", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" };
  const asked = request({
    ...{ host: "127.0.0.1", port, path },
    headers: { host, connection: "Upgrade", upgrade: "websocket", ...handshake, ...headers },
  });
  return new Promise((resolve, reject) => {
    asked.once("error", reject);
    asked.once("response", (response) => resolve(response.resume().statusCode));
    asked.once("upgrade", ({ statusCode }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
    asked.end();
  });
}

/** Whether somebody may still listen there. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

test("a port that is taken leaves nothing open, whichever of the two it is", async () => {
  const taken = await freePort();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(taken, "127.0.0.1", resolve));
  opened.push(other);
  const free = await freePort();
  await expect(start({ wsPort: free, tcpPort: taken })).rejects.toThrow(
    `Port ${taken} is taken: choose another with --tcp-port.`,
  );
  expect(await isFree(free)).toBe(true);
  await expect(start({ wsPort: taken, tcpPort: free })).rejects.toThrow(
    `Port ${taken} is taken: choose another with --ws-port.`,
  );
  expect(await isFree(free)).toBe(true);
  await expect(start({ wsPort: free, tcpPort: free })).rejects.toThrow(`Port ${free} is taken`);
  expect(await isFree(free)).toBe(true);
});

test("another path is answered 404, whether 준 wants a WebSocket there or a page", async () => {
  const { port } = await start();
  for (const target of ["/", "/wsx", "/ws/", "/WS", "/stomp?a=/ws", "http://127.0.0.1/stomp", "*"])
    expect(await upgrade(port, target), target).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/stomp`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/ws`)).status).toBe(426);
  for (const target of ["/ws", "/ws?a=b", "http://127.0.0.1/ws", `http://127.0.0.1:${port}/ws?a=b`])
    expect(await upgrade(port, target), target).toBe(101);
});

test("whoever sends half a request is not waited for", async () => {
  const { port } = await start({ patience: 200 });
  for (const half of [
    "",
    "GET /ws HTTP/1.1\r\nHost: a\r\n",
    "GET /w",
    "POST /ws HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n",
  ])
    expect((await rawHttp(port, half, 5_000)).closed, half).toBe(true);
});

test("another site's page cannot use a broker that asks nobody for a passcode", async () => {
  const { port } = await start();
  for (const origin of [
    "https://evil.example",
    "null",
    "file://",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example:80",
  ])
    expect(await upgrade(port, "/ws", { Origin: origin }), origin).toBe(403);
  for (const origin of ["http://localhost:3000", "https://app.localhost", "http://127.0.0.1:8080", "http://[::1]:5173"])
    expect(await upgrade(port, "/ws", { Origin: origin }), origin).toBe(101);
  const own = { Origin: "http://192.0.2.7:8080" };
  expect(await upgrade(port, "/ws", own, `192.0.2.7:${port}`)).toBe(101);
  expect(await upgrade(port, "/ws", own, `192.0.2.8:${port}`)).toBe(403);
  // A name may be the page's own and be made to point here (DNS rebinding); an address may not.
  const named = { Origin: "http://desk.example:8080" };
  expect(await upgrade(port, "/ws", named, `desk.example:${port}`)).toBe(403);
  expect(await upgrade(port, "/ws")).toBe(101);
});

test("where there is a passcode any page may ask for it", async () => {
  const { port } = await start({ passcode: { login: "mina", passcode: "secret" } });
  expect(await upgrade(port, "/ws", { Origin: "https://app.example" })).toBe(101);
});

test("an Authorization header, as proxies add it, does not take the place of 미나's login and passcode", async () => {
  const { open } = await start({ passcode: { login: "mina", passcode: "secret" } });
  for (const authorization of ["Bearer other", "Bearer", "Basic bWluYTpzZWNyZXQ="]) {
    const mina = await open("websocket", { headers: { authorization } });
    mina.send("CONNECT\naccept-version:1.2\nhost:a\nlogin:mina\npasscode:secret\n\n");
    expect((await mina.next()).command, authorization).toBe("CONNECTED");
    mina.cut();
    const jun = await open("websocket", { headers: { authorization } });
    jun.send("CONNECT\naccept-version:1.2\nhost:a\nlogin:jun\npasscode:guess\n\n");
    expect((await jun.next()).headers.code, authorization).toBe("unauthenticated");
  }
});

test("a browser that speaks HTTP to the TCP port is told and cut", async () => {
  const { broker } = await start();
  const socket = connectSocket(Number(broker.addresses[1]?.split(":").at(-1)), "127.0.0.1");
  let heard = "";
  socket.on("data", (data) => {
    heard += data;
  });
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.write("POST / HTTP/1.1\r\nHost: a\r\n\r\nCONNECT\naccept-version:1.2\n\n\0SEND\ndestination:/queue/a\n\nx\0");
  await closed;
  expect(heard).toMatch(/^ERROR\n/);
  expect(heard).not.toContain("CONNECTED");
  await until("the broker to have let go", () => broker.gateway.stats().connections === 0);
});

test("what the broker refuses is said in its own words, which are true of it", async () => {
  const passcode = { login: "guest", passcode: "secret" };
  const { broker, open: openPeer } = await start({ passcode, queues: { messages: 1 } });
  const said = async (...frames: string[]) => {
    const peer = await openPeer("tcp");
    for (const frame of frames) peer.send(frame);
    const { headers } = await fatal(peer);
    return [headers.code, headers.field, headers.message];
  };
  const connect = (secret: string) => `CONNECT\naccept-version:1.2\nhost:a\nlogin:guest\npasscode:${secret}\n\n`;
  const elsewhere = "Destinations begin with /topic/ or /queue/ and name one place, without wildcards.";
  expect(await said(connect("wrong"))).toEqual([
    ...["unauthenticated", "passcode", "The login or the passcode is wrong."],
  ]);
  expect(await said("SEND\ndestination:/topic/a\n\n")).toEqual([
    ...["unauthenticated", undefined, "The first frame has to be CONNECT."],
  ]);
  expect(await said(connect("secret"), "SEND\ndestination:/exchange/a\n\n")).toEqual([
    ...["unsupported", "destination", elsewhere],
  ]);
  expect(await said(connect("secret"), "SUBSCRIBE\nid:a\ndestination:/topic/a\nselector:a > 1\n\n")).toEqual([
    ...["unsupported", "selector", "This broker does not offer selector."],
  ]);
  const post = "SEND\ndestination:/queue/a\n\nhello";
  expect(await said(connect("secret"), post, post)).toEqual(["busy", "queue", "The queue has no room left."]);
  const stayed = await openPeer("tcp");
  stayed.send(connect("secret"));
  await stayed.next();
  await broker.close();
  expect((await stayed.next()).headers).toMatchObject({ code: "shutting-down", message: "The broker is ending." });
});
