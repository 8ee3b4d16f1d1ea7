import { afterEach, beforeEach, expect, test } from "vitest";
import { type Endpoint, openEndpoint } from "./endpoint.ts";
import { connect, subscribe } from "./peer.ts";

let endpoint: Endpoint;
beforeEach(async () => {
  endpoint = await openEndpoint();
});
afterEach(() => endpoint.close());

test("a refused SEND travels as a MESSAGE to those who listen, and the connection stays", async () => {
  const peer = await connect(endpoint.url, "미나");
  await subscribe(peer, "/user/queue/refusals");
  peer.send("SEND\ndestination:/topic/a\nreceipt:r1\nclient-id:c1\n\nforbidden");
  const { headers, body } = await peer.find("MESSAGE");
  const subscription = "/user/queue/refusals";
  expect(headers).toMatchObject({ subscription, destination: subscription, "receipt-id": "r1", "client-id": "c1" });
  expect(JSON.parse(body)).toEqual({
    code: "read-only",
    message: "Only admins can post in this room.",
    receiptId: "r1",
    clientId: "c1",
  });
  await peer.sync();
  expect(peer.seen.filter(({ headers: { "receipt-id": id } }) => id === "r1")).toHaveLength(1);
});

test("a refused SUBSCRIBE says which one it was, its id is free again, and a late UNSUBSCRIBE is forgiven once", async () => {
  const peer = await connect(endpoint.url, "미나");
  await subscribe(peer, "/user/queue/refusals");
  endpoint.board.closed.add("미나 /topic/secret");
  peer.send("SUBSCRIBE\nid:s1\ndestination:/topic/secret\nreceipt:r1\n\n", "UNSUBSCRIBE\nid:s1\nreceipt:r2\n\n");
  expect(JSON.parse((await peer.find("MESSAGE")).body)).toMatchObject({ code: "not-found", subscription: "s1" });
  expect((await peer.next()).headers).toEqual({ "receipt-id": "r2" });
  peer.send("SUBSCRIBE\nid:s1\ndestination:/topic/a\nreceipt:r3\n\n");
  expect((await peer.next()).headers["receipt-id"]).toBe("r3");
  peer.send("UNSUBSCRIBE\nid:s1\n\n", "UNSUBSCRIBE\nid:s1\n\n");
  expect((await peer.find("ERROR")).headers.code).toBe("malformed");
});

test("a room one may not read and one that does not exist are refused in the same words", async () => {
  endpoint.board.closed.add("준 /topic/secret");
  const answers = ["/topic/secret", "/topic/0"].map(async (destination) => {
    const peer = await connect(endpoint.url, "준");
    peer.send(`SUBSCRIBE\nid:1\ndestination:${destination}\nreceipt:1\n\n`);
    const error = await peer.find("ERROR");
    return { error, code: await peer.end() };
  });
  const [hidden, missing] = await Promise.all(answers);
  expect(hidden).toEqual(missing);
  expect(hidden?.error.headers.code).toBe("not-found");
});

test("a defect of the policy is logged, answered busy and keeps the connection of those who hear refusals", async () => {
  const peer = await connect(endpoint.url, "미나");
  await subscribe(peer, "/user/queue/refusals");
  peer.send("SEND\ndestination:/topic/a\n\ndefect");
  expect(JSON.parse((await peer.find("MESSAGE")).body).code).toBe("busy");
  expect(endpoint.errors).toHaveLength(1);
  await peer.sync();
});

test("ERROR carries a message, its code, the receipt at fault and content-type, and is flushed before the close", async () => {
  const peer = await connect(endpoint.url, "미나");
  peer.send("SEND\nreceipt:r1\n\nno destination");
  const { headers, body } = await peer.find("ERROR");
  expect(headers).toMatchObject({ code: "malformed", "receipt-id": "r1", "content-type": "text/plain" });
  expect(body).toBe(`${headers.message}\n`);
  expect(Number(headers["content-length"])).toBe(Buffer.byteLength(body));
});

test("transactions, acknowledgements and selectors are refused as unsupported, an unknown command as malformed", async () => {
  const frames = ["BEGIN\ntransaction:1\n\n", "ACK\nid:1\n\n", "SEND\ndestination:/topic/a\ntransaction:1\n\nx"];
  const asked = ["ack:client", "selector:a = 1", "durable:true"].map(
    (header) => `SUBSCRIBE\nid:1\ndestination:/topic/a\n${header}\n\n`,
  );
  for (const frame of [...frames, ...asked]) {
    const peer = await connect(endpoint.url, "미나");
    peer.send(frame);
    expect((await peer.find("ERROR")).headers.code, frame).toBe("unsupported");
    expect(await peer.end()).toBe(1002);
  }
  const peer = await connect(endpoint.url, "미나");
  peer.send("MESSAGE\nreceipt:1\n\n");
  expect((await peer.find("ERROR")).headers).toMatchObject({ code: "malformed", "receipt-id": "1" });
});

test("an id that is taken again is forgiven no second UNSUBSCRIBE", async () => {
  const peer = await connect(endpoint.url, "미나");
  await subscribe(peer, "/user/queue/refusals");
  peer.send("SUBSCRIBE\nid:s\ndestination:nowhere\n\n", "SUBSCRIBE\nid:s\ndestination:/topic/a\n\n");
  peer.send("UNSUBSCRIBE\nid:s\nreceipt:1\n\n", "UNSUBSCRIBE\nid:s\nreceipt:2\n\n");
  expect((await peer.find("ERROR")).headers["receipt-id"]).toBe("2");
});
