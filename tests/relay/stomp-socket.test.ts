import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { StompSocket } from "#server/relay/stomp-socket.ts";
import { freePort } from "#tests/support/free-port.ts";
import { until } from "#tests/support/until.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test("whatever the broker says is answered with a sign of life, so that its next small frame waits for no late acknowledgement of the network", async () => {
  const { broker, socket, heard, said } = await connected();
  broker.write("ERROR\n\n먼저\0");
  await until("that to be heard", () => heard.length === 1);
  socket.begin("1.2", { send: 0, receive: 0 });
  expect(said(), "before CONNECTED there are none").toBe("");
  for (const text of ["안녕", "점심?"]) {
    broker.write(`MESSAGE\nsubscription:1\nmessage-id:1\ndestination:/topic/마루\n\n${text}\0`);
    await until("the message to be heard", () => heard.includes(text));
    await until("a sign of life", () => said() === "\n".repeat(heard.length - 1));
  }
});

/** 준's node at a broker that we play. */
async function connected() {
  const server = createServer();
  server.listen(await freePort(), "127.0.0.1");
  await once(server, "listening");
  const arrived = once(server, "connection");
  const heard: string[] = [];
  const socket = new StompSocket({ host: "127.0.0.1", port: (server.address() as AddressInfo).port }, undefined, {
    ready: () => {},
    frame: ({ body }) => heard.push(Buffer.from(body).toString("utf8")),
    gone: () => {},
  });
  const [broker] = (await arrived) as [Socket];
  let said = "";
  broker.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  closing.push(
    () => server.close(),
    () => broker.destroy(),
    () => socket.destroy(),
  );
  return { broker, socket, heard, said: () => said };
}
