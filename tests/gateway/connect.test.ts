import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "#tests/support/until.ts";
import { type Endpoint, openEndpoint } from "./endpoint.ts";
import { connect, open } from "./peer.ts";

let endpoint: Endpoint;
beforeEach(async () => {
  endpoint = await openEndpoint();
});
afterEach(() => endpoint.close());

test("CONNECTED tells version, session, server, heart-beat and who one is", async () => {
  const peer = await open(endpoint.url);
  peer.send("STOMP\naccept-version:1.0,1.1,1.2\nhost:x\npasscode:미나-secret\nreceipt:none\n\n");
  const { command, headers } = await peer.next();
  expect(command).toBe("CONNECTED");
  expect(headers).toMatchObject({
    version: "1.2",
    server: "Sarangbang",
    "heart-beat": "15000,30000",
    "user-id": "미나",
  });
  expect(headers.session).toMatch(/./);
  await peer.sync();
  expect(peer.seen.some((frame) => frame.headers["receipt-id"] === "none")).toBe(false);
});

test("no common version: ERROR names those there are, and the connection closes", async () => {
  const peer = await open(endpoint.url);
  peer.send("CONNECT\naccept-version:3.0\npasscode:미나-secret\n\n");
  expect((await peer.next()).headers).toMatchObject({ code: "unsupported", version: "1.0,1.1,1.2" });
  expect(await peer.end()).toBe(1002);
});

test("a wrong passcode gets ERROR and 4401", async () => {
  const peer = await open(endpoint.url);
  peer.send("CONNECT\naccept-version:1.2\npasscode:wrong\n\n");
  expect((await peer.next()).headers).toMatchObject({ code: "unauthenticated", message: "Please sign in first." });
  expect(await peer.end()).toBe(4401);
});

test("any frame before CONNECT ends the connection, and a second CONNECT too", async () => {
  const early = await open(endpoint.url);
  early.send("SEND\ndestination:/topic/a\n\nx");
  expect((await early.next()).headers.code).toBe("unauthenticated");
  await early.end();
  const twice = await connect(endpoint.url, "미나");
  twice.send("CONNECT\naccept-version:1.2\npasscode:미나-secret\n\n");
  expect((await twice.next()).headers.code).toBe("malformed");
  await twice.end();
  expect(endpoint.board.notes.size).toBe(0);
});

test("frames behind CONNECT wait until it is known who speaks", async () => {
  let letIn = () => {};
  endpoint.board.gate = new Promise((resolve) => {
    letIn = resolve;
  });
  const peer = await open(endpoint.url);
  const frames = ["SUBSCRIBE\nid:1\ndestination:/topic/a\n\n", "SEND\ndestination:/topic/a\n\nhello"];
  peer.send("CONNECT\naccept-version:1.2\npasscode:미나-secret\n\n", ...frames);
  await until("the frames to arrive", () => endpoint.gateway.stats().connections === 1);
  expect(endpoint.gateway.stats().subscriptions).toBe(0);
  letIn();
  expect((await peer.find("MESSAGE")).body).toBe("hello");
});

test("frames behind a CONNECT that fails have no effect", async () => {
  const peer = await open(endpoint.url);
  peer.send("CONNECT\naccept-version:1.2\npasscode:wrong\n\n", "SEND\ndestination:/topic/a\n\nhello");
  await peer.end();
  expect(endpoint.board.notes.size).toBe(0);
  expect(peer.seen).toHaveLength(1);
});

test("who was shut out while CONNECT was being looked at is not let in by it", async () => {
  let answer = () => {};
  endpoint.board.gate = new Promise((resolve) => {
    answer = resolve;
  });
  const peer = await open(endpoint.url);
  peer.send("CONNECT\naccept-version:1.2\npasscode:준-secret\n\n");
  await until("CONNECT to be looked at", () => endpoint.board.asked === 1);
  endpoint.board.shutOut.add("준");
  await endpoint.gateway.review({ users: new Set(["준"]) });
  answer();
  expect((await peer.next()).headers.code).toBe("expired");
  expect(await peer.end()).toBe(4401);
  expect(endpoint.board.log).toEqual([]);
});
