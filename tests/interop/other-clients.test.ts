import { Client, type IMessage } from "@stomp/stompjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Account, claim, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { until } from "#tests/support/until.ts";
import { connectWire, openWire } from "#tests/support/wire.ts";

let server: TestServer;
let mina: Account;
let room: string;
let token: string;

beforeAll(async () => {
  server = await startServer({ ui: false });
  mina = await claim(server, "미나", "mina@example.com");
  room = (await lobby(server, mina)).id;
  const words = ["token", "add", "--user", mina.email, "--scopes", "read,post"];
  token = (await server.sarangbang<{ token: string }>(words)).token;
}, 60_000);

afterAll(() => server?.stop());

test("a stompjs client in Node reads and posts with a token", async () => {
  const received: IMessage[] = [];
  const receipts: string[] = [];
  const client = new Client({ brokerURL: server.endpoint, connectHeaders: { passcode: token }, reconnectDelay: 0 });
  client.onConnect = () => {
    client.subscribe(`/topic/rooms/${room}`, (message) => received.push(message));
    client.watchForReceipt("posted", ({ headers }) => receipts.push(headers["message-id"] ?? ""));
    client.publish({
      destination: `/app/rooms/${room}/post`,
      headers: { receipt: "posted" },
      body: JSON.stringify({ clientId: "stompjs-1", text: "stompjs로 보낸 말" }),
    });
  };
  client.activate();

  const message = await until("its own message", () => received.at(-1));
  await until("the receipt", () => receipts.length === 1);
  await client.deactivate();
  expect(JSON.parse(message.body)).toMatchObject({ author: mina.id, text: "stompjs로 보낸 말", clientId: "stompjs-1" });
  expect(receipts).toEqual([message.headers["message-id"]]);
});

test("a client without any library reads and posts plain text with a token", async () => {
  const wire = await connectWire(server.endpoint, { headers: { authorization: `Bearer ${token}` } });
  wire.send("SUBSCRIBE", { id: "s", destination: `/topic/rooms/${room}`, receipt: "in" });
  await wire.frame("RECEIPT", { "receipt-id": "in" });
  const headers = { destination: `/app/rooms/${room}/post`, "content-type": "text/plain", "client-id": "raw-1" };
  wire.send("SEND", { ...headers, receipt: "posted" }, "by hand");

  const receipt = await wire.frame("RECEIPT", { "receipt-id": "posted" });
  const message = await wire.frame("MESSAGE", { "client-id": "raw-1" });
  wire.close();
  expect(JSON.parse(message.body)).toMatchObject({ author: mina.id, room, text: "by hand" });
  expect(message.headers).toMatchObject({ rev: receipt.headers.rev, "message-id": `${room}.${receipt.headers.rev}` });
});

test("a token that nobody made is refused with ERROR and a closed socket", async () => {
  const wire = await openWire(server.endpoint);
  if ("refused" in wire) throw new Error("The upgrade itself needs no credential.");
  wire.send("CONNECT", { "accept-version": "1.2", host: "localhost", passcode: "sb_nobody-made-this" });
  expect((await wire.frame("ERROR")).headers.code).toBe("unauthenticated");
  await wire.closed;
  expect(wire.frames.map(({ command }) => command)).toEqual(["ERROR"]);
});
