import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "#tests/support/until.ts";
import { type Endpoint, openEndpoint } from "./endpoint.ts";
import { connect, subscribe } from "./peer.ts";

let endpoint: Endpoint;
beforeEach(async () => {
  endpoint = await openEndpoint();
});
afterEach(() => endpoint.close());

test("준 reads what 미나 sends, and 미나 has her receipt", async () => {
  const mina = await connect(endpoint.url, "미나");
  const jun = await connect(endpoint.url, "준");
  await subscribe(jun, "/topic/plans");
  mina.send("SEND\ndestination:/topic/plans\nreceipt:one\n\n회의는 세 시에");
  expect((await mina.find("RECEIPT")).headers).toEqual({ "receipt-id": "one", rev: "1" });
  const message = await jun.find("MESSAGE");
  expect(message.body).toBe("회의는 세 시에");
  expect(message.headers).toMatchObject({ subscription: "/topic/plans", destination: "/topic/plans", rev: "1" });
  expect(message.headers["message-id"]).toMatch(/./);
});

test("many frames in one message, each with a receipt, and DISCONNECT: every RECEIPT comes, in order", async () => {
  const peer = await connect(endpoint.url, "미나");
  const sends = Array.from({ length: 50 }, (_, index) => `SEND\ndestination:/topic/a\nreceipt:r${index}\n\n${index}`);
  peer.send(...sends, "DISCONNECT\nreceipt:bye\n\n", "SEND\ndestination:/topic/a\n\nafter the end");
  expect(await peer.end()).toBe(1000);
  const receipts = peer.seen.filter(({ command }) => command === "RECEIPT").map(({ headers }) => headers["receipt-id"]);
  expect(receipts).toEqual([...sends.keys()].map((index) => `r${index}`).concat("bye"));
  expect(endpoint.board.notes.get("/topic/a")).toHaveLength(50);
});

test("a receipt is named exactly as it was asked for", async () => {
  const peer = await connect(endpoint.url, "미나");
  peer.send("SEND\ndestination:/topic/a\nreceipt: 하나\\c\\\\ \n\nx");
  await peer.find("RECEIPT");
  expect(peer.raw.at(-1)?.data.toString()).toContain("receipt-id: 하나\\c\\\\ \n");
});

test("DISCONNECT without a receipt closes without ERROR", async () => {
  const peer = await connect(endpoint.url, "미나");
  peer.send("DISCONNECT\n\n");
  expect(await peer.end()).toBe(1000);
  expect(peer.seen).toHaveLength(1);
});

test("RECEIPT comes only when the policy is done", async () => {
  const peer = await connect(endpoint.url, "미나");
  let commit = () => {};
  endpoint.board.gate = new Promise((resolve) => {
    commit = resolve;
  });
  peer.send("SEND\ndestination:/topic/a\nreceipt:one\n\nx");
  await until("the note", () => endpoint.board.notes.size === 1);
  await peer.pong();
  expect(peer.seen).toHaveLength(1);
  commit();
  await peer.find("RECEIPT");
});

test("who hears refusals may have many SENDs under way; the receipts come in order all the same", async () => {
  const peer = await connect(endpoint.url, "미나");
  await subscribe(peer, "/user/queue/refusals");
  let commit = () => {};
  endpoint.board.gate = new Promise((resolve) => {
    commit = resolve;
  });
  peer.send(...["a", "forbidden", "b", "c"].map((text) => `SEND\ndestination:/topic/a\nreceipt:${text}\n\n${text}`));
  await until("all to be under way", () => endpoint.board.notes.get("/topic/a")?.length === 3);
  commit();
  await peer.find("RECEIPT");
  const order = [peer.seen.at(-1), await peer.next(), await peer.next(), await peer.next()];
  await peer.sync();
  const answers = peer.seen.slice(2).map(({ headers }) => headers["receipt-id"]);
  expect(order).toHaveLength(4);
  expect(answers.slice(0, 4)).toEqual(["a", "forbidden", "b", "c"]);
});

test("without that, a SEND waits for the one before, and what stands behind a refused one has no effect", async () => {
  const peer = await connect(endpoint.url, "미나");
  peer.send(...["a", "forbidden", "b"].map((text) => `SEND\ndestination:/topic/a\nreceipt:${text}\n\n${text}`));
  const error = await peer.find("ERROR");
  expect(error.headers).toMatchObject({ code: "read-only", "receipt-id": "forbidden" });
  expect(await peer.end()).toBe(1008);
  expect(endpoint.board.notes.get("/topic/a")).toEqual(["a"]);
});

test("what comes behind SENDs that are under way is answered behind them, a broken frame too", async () => {
  const peer = await connect(endpoint.url, "미나");
  await subscribe(peer, "/user/queue/refusals");
  await subscribe(peer, "/topic/b");
  let commit = () => {};
  endpoint.board.gate = new Promise((resolve) => {
    commit = resolve;
  });
  const send = (receipt: string) => `SEND\ndestination:/topic/a\nreceipt:${receipt}\n\nx`;
  peer.send(send("1"), "UNSUBSCRIBE\nid:/topic/b\nreceipt:2\n\n", send("3"), "SEND\nno colon\n\n");
  await until("the first to be under way", () => endpoint.board.notes.get("/topic/a")?.length === 1);
  await peer.pong();
  expect(peer.seen).toHaveLength(3);
  commit();
  await peer.find("ERROR");
  const answers = peer.seen.slice(3).map(({ command, headers }) => headers["receipt-id"] ?? command);
  expect(answers).toEqual(["1", "2", "3", "ERROR"]);
});
