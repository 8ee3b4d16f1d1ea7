import { afterAll, beforeAll, expect, test } from "vitest";
import { type Account, claim, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { connectWire, openWire } from "#tests/support/wire.ts";
import { CLIENTS } from "./clients.ts";

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

for (const client of CLIENTS.filter(({ carrier }) => carrier === "websocket")) {
  test(`${client.name} reads and posts with a token`, async () => {
    const address = { url: server.endpoint, host: "localhost", port: server.port, login: "", heartBeat: 10_000 };
    const connected = await client.connect({ ...address, passcode: token });
    await connected.subscribe(`s-${client.name}`, `/topic/rooms/${room}`, "auto");
    const text = `${client.name}에서 보낸 말 🌙`;
    await connected.send(`/app/rooms/${room}/post`, Buffer.from(JSON.stringify({ clientId: client.name, text })));
    const message = JSON.parse(String(await connected.receive()));
    await connected.disconnect();
    expect(message).toMatchObject({ author: mina.id, text, clientId: client.name });
  });
}

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
