import { afterEach, beforeEach, expect, test } from "vitest";
import { type Endpoint, openEndpoint } from "./endpoint.ts";
import { connect, type Peer, subscribe } from "./peer.ts";

let endpoint: Endpoint;
let jun: Peer;
let mina: Peer;
beforeEach(async () => {
  endpoint = await openEndpoint();
  [mina, jun] = await Promise.all([connect(endpoint.url, "mina"), connect(endpoint.url, "jun")]);
});
afterEach(() => endpoint.close());

const texts = (peer: Peer) => peer.messages().map(({ body }) => body);

function publish(text: string, topic = "/topic/a"): void {
  endpoint.gateway.publish(topic, endpoint.board.publication(topic, endpoint.board.add(topic, text)));
}

test("nothing published after a review has begun reaches who lost access, and everybody else has it all in order", async () => {
  for (const peer of [mina, jun]) {
    await subscribe(peer, "/user/queue/inbox");
    await subscribe(peer, "/topic/a");
  }
  publish("before");
  endpoint.board.closed.add("jun /topic/a");
  const reviewed = endpoint.gateway.review({ topics: new Set(["/topic/a"]) });
  publish("after");
  await reviewed;
  publish("later");
  await Promise.all([mina.pong(), jun.pong()]);
  expect(texts(mina)).toEqual(["before", "after", "later"]);
  expect(texts(jun)).toEqual(["before"]);
});

test("a review of one person does not hold another's subscriptions", async () => {
  for (const peer of [mina, jun]) await subscribe(peer, "/topic/a");
  let answer = () => {};
  endpoint.board.reviewGate = new Promise((resolve) => {
    answer = resolve;
  });
  const reviewed = endpoint.gateway.review({ users: new Set(["jun"]) });
  publish("x");
  await Promise.all([mina.pong(), jun.pong()]);
  expect([texts(mina), texts(jun)]).toEqual([["x"], []]);
  answer();
  await reviewed;
  await jun.pong();
  expect(texts(jun)).toEqual(["x"]);
});

test("who has no inbox to be told in gets ERROR, never silence", async () => {
  await subscribe(jun, "/topic/a");
  endpoint.board.closed.add("jun /topic/a");
  await endpoint.gateway.review({ users: new Set(["jun"]) });
  expect((await jun.find("ERROR")).headers.code).toBe("not-found");
  expect(await jun.end()).toBe(1008);
});

test("UNSUBSCRIBE of what the server has ended is accepted once", async () => {
  await subscribe(jun, "/user/queue/inbox");
  await subscribe(jun, "/topic/a");
  endpoint.board.closed.add("jun /topic/a");
  await endpoint.gateway.review({ users: new Set(["jun"]) });
  jun.send("UNSUBSCRIBE\nid:/topic/a\nreceipt:1\n\n", "UNSUBSCRIBE\nid:/topic/a\nreceipt:2\n\n");
  expect((await jun.find("ERROR")).headers["receipt-id"]).toBe("2");
  expect(jun.seen.some(({ command, headers }) => command === "RECEIPT" && headers["receipt-id"] === "1")).toBe(true);
});

test("who is shut out loses every connection, with 4401", async () => {
  const second = await connect(endpoint.url, "jun");
  endpoint.board.shutOut.add("jun");
  await endpoint.gateway.review({});
  expect(await Promise.all([jun.end(), second.end()])).toEqual([4401, 4401]);
  await mina.pong();
});

test("a review that fails lets nobody stay who could not be looked at", async () => {
  await subscribe(jun, "/topic/a");
  endpoint.board.reviewGate = Promise.reject(new Error("the database is gone"));
  await endpoint.gateway.review({ users: new Set(["jun"]) });
  expect((await jun.find("ERROR")).headers.code).toBe("busy");
  publish("x");
  await jun.end();
  expect(texts(jun)).toEqual([]);
});

test("a server that goes away answers what it has begun, says so, and when to come back", async () => {
  let commit = () => {};
  endpoint.board.gate = new Promise((resolve) => {
    commit = resolve;
  });
  mina.send("SEND\ndestination:/topic/a\nreceipt:r\n\nx");
  await expect.poll(() => endpoint.board.notes.size).toBe(1);
  const closed = endpoint.gateway.shutdown(5_000);
  commit();
  await closed;
  expect((await mina.find("RECEIPT")).headers["receipt-id"]).toBe("r");
  const { headers } = await mina.find("ERROR");
  expect(headers.code).toBe("shutting-down");
  expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  expect(await Promise.all([mina.end(), jun.end()])).toEqual([1012, 1012]);
  await expect(connect(endpoint.url, "mina")).rejects.toThrow("503");
});

test("a server that goes away does not wait for ever", async () => {
  endpoint.board.gate = new Promise(() => {});
  mina.send("SEND\ndestination:/topic/a\nreceipt:r\n\nx");
  await expect.poll(() => endpoint.board.notes.size).toBe(1);
  await endpoint.gateway.shutdown(100);
  expect(endpoint.gateway.stats()).toEqual({ connections: 0, people: 0, subscriptions: 0 });
});
