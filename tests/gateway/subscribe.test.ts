import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "#tests/support/until.ts";
import { type Endpoint, openEndpoint } from "./endpoint.ts";
import { connect, subscribe } from "./peer.ts";

let endpoint: Endpoint;
beforeEach(async () => {
  endpoint = await openEndpoint();
});
afterEach(() => endpoint.close());

test("SUBSCRIBE needs an id, and one that is not taken", async () => {
  const nameless = await connect(endpoint.url, "미나");
  nameless.send("SUBSCRIBE\ndestination:/topic/a\n\n");
  expect((await nameless.find("ERROR")).headers.code).toBe("malformed");
  const twice = await connect(endpoint.url, "미나");
  await subscribe(twice, "/user/queue/refusals");
  await subscribe(twice, "/topic/a");
  twice.send("SUBSCRIBE\nid:/topic/a\ndestination:/topic/b\n\n");
  expect((await twice.find("ERROR")).headers.code).toBe("malformed");
});

test("1.0 needs no id: MESSAGE names none, and UNSUBSCRIBE names the destination", async () => {
  const peer = await connect(endpoint.url, "미나", "");
  peer.send("SUBSCRIBE\ndestination:/topic/a\n\n", "SEND\ndestination:/topic/a\n\nx");
  expect((await peer.find("MESSAGE")).headers.subscription).toBeUndefined();
  peer.send("UNSUBSCRIBE\ndestination:/topic/a\nreceipt:1\n\n");
  await peer.find("RECEIPT");
  expect(endpoint.gateway.stats().subscriptions).toBe(0);
});

test("nothing comes after UNSUBSCRIBE's RECEIPT, and the id can be used again", async () => {
  const peer = await connect(endpoint.url, "미나");
  await subscribe(peer, "/topic/a");
  peer.send("UNSUBSCRIBE\nid:/topic/a\nreceipt:1\n\n", "SEND\ndestination:/topic/a\nreceipt:2\n\nx");
  await until("the second RECEIPT", () => peer.seen.some(({ headers }) => headers["receipt-id"] === "2"));
  expect(peer.messages()).toEqual([]);
  await subscribe(peer, "/topic/a");
  peer.send("SEND\ndestination:/topic/a\n\ny");
  expect((await peer.find("MESSAGE")).body).toBe("y");
});

test("the policy hears of each live subscription once, and of its end once, whatever ended it", async () => {
  const peer = await connect(endpoint.url, "준");
  await subscribe(peer, "/topic/a");
  await subscribe(peer, "/topic/b");
  peer.send("UNSUBSCRIBE\nid:/topic/a\nreceipt:1\n\n");
  await until("the RECEIPT", () => peer.seen.some(({ headers }) => headers["receipt-id"] === "1"));
  peer.ws.terminate();
  await until("the end", () => endpoint.board.log.at(-1) === "준 disconnected");
  expect(endpoint.board.log).toEqual([
    "준 connected",
    "준 subscribed /topic/a",
    "준 subscribed /topic/b",
    "준 unsubscribed /topic/a",
    "준 unsubscribed /topic/b",
    "준 disconnected",
  ]);
});

test("a replay comes first, marked, then the RECEIPT with its head, then what is new", async () => {
  for (const text of ["one", "two", "three"]) endpoint.board.add("/topic/a", text);
  const peer = await connect(endpoint.url, "준");
  peer.send("SUBSCRIBE\nid:s\ndestination:/topic/a\nfrom:1\nreceipt:r\n\n", "SEND\ndestination:/topic/a\n\nfour");
  await until("all of it", () => peer.messages().length === 3);
  const came = peer.seen.slice(1).map(({ command, body, headers: { replay, head } }) => [command, body, replay, head]);
  expect(came).toEqual([
    ["MESSAGE", "two", "true", undefined],
    ["MESSAGE", "three", "true", undefined],
    ["RECEIPT", "", undefined, "3"],
    ["MESSAGE", "four", undefined, undefined],
  ]);
});

test("text is text, and a body that is not UTF-8 comes in a binary message", async () => {
  const peer = await connect(endpoint.url, "준");
  await subscribe(peer, "/topic/a");
  endpoint.gateway.publish("/topic/a", { destination: "/topic/a", headers: {}, body: Buffer.from([0xff, 0xfe]) });
  endpoint.gateway.publish("/topic/a", { destination: "/topic/a", headers: {}, body: "한글" });
  await until("both", () => peer.messages().length === 2);
  expect(peer.raw.slice(-2).map(({ isBinary }) => isBinary)).toEqual([true, false]);
});
