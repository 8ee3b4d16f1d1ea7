import { setImmediate } from "node:timers/promises";
import { expect } from "vitest";
import { openHandWheel } from "#tests/support/hand-wheel.ts";
import { until } from "#tests/support/until.ts";
import { rule, withBareBroker } from "./bare-broker.ts";
import { heard, somewhere, VERSIONS } from "./exchange.ts";
import { openListener, received } from "./listening.ts";

const LOGIN = "login:guest\npasscode:guest\n";
const WEBSOCKET = { on: ["websocket"] } as const;
const { wheel, turn } = openHandWheel();

withBareBroker({ wheel });

rule(
  "C1",
  async ({ open }) => {
    const chosen = async (protocols: string[]) => (await open({ protocols })).subprotocol;
    expect(await chosen(["v10.stomp", "v12.stomp", "v11.stomp"])).toBe("v12.stomp");
    expect(await chosen(["v10.stomp", "v11.stomp"])).toBe("v11.stomp");
    expect(await chosen(["mqtt", "v10.stomp"])).toBe("v10.stomp");
  },
  WEBSOCKET,
);

rule(
  "C2",
  async ({ open }) => {
    const peer = await open({ protocols: [] });
    expect(peer.subprotocol).toBe("");
    peer.send(`CONNECT\naccept-version:1.2\nhost:a\n${LOGIN}\n`);
    expect((await peer.next()).command).toBe("CONNECTED");
  },
  WEBSOCKET,
);

rule(
  "C3",
  async ({ open }) => {
    // Named past the client, which would break off where none of its own is echoed; an echo it did not ask for breaks it off, too.
    const offering = (protocols: string) => open({ protocols: [], headers: { "sec-websocket-protocol": protocols } });
    const peer = await offering("mqtt, v13.stomp");
    peer.send(`CONNECT\naccept-version:1.2\nhost:a\n${LOGIN}\n`);
    expect((await peer.next()).command).toBe("CONNECTED");
    await expect(offering("mqtt, v12.stomp")).rejects.toThrow("subprotocol");
  },
  WEBSOCKET,
);

rule(
  "C4",
  async ({ open }) => {
    const spoken = async (protocol: string, accept: string) => {
      const peer = await open({ protocols: [protocol] });
      peer.send(`CONNECT\n${accept}host:a\n${LOGIN}\n`);
      return (await peer.next()).headers.version;
    };
    expect(await spoken("v10.stomp", "accept-version:1.2\n")).toBe("1.2");
    expect(await spoken("v12.stomp", "accept-version:1.1\n")).toBe("1.1");
    expect(await spoken("v12.stomp", "")).toBe("1.0");
  },
  WEBSOCKET,
);

rule(
  "C5",
  async ({ open }) => {
    const topic = somewhere("topic");
    const peer = await open();
    const opcodes = ["binary", "text"] as const;
    for (const opcode of opcodes) {
      const bytes = `SUBSCRIBE\nid:${opcode}\ndestination:${topic}\n\n\0`;
      if (opcode === "binary") peer.bytes(`CONNECT\naccept-version:1.2\nhost:a\n${LOGIN}\n\0`, opcode);
      peer.bytes(bytes, opcode);
    }
    // One frame, begun in one kind of message and ended in the other.
    for (const [first, second] of [opcodes, [...opcodes].reverse()] as const) {
      peer.bytes(`SEND\ndestination:${topic}\n\nfrom `, first);
      peer.bytes(`${first}\0`, second);
    }
    expect(await received(peer, 4)).toEqual(["from binary", "from binary", "from text", "from text"]);
  },
  WEBSOCKET,
);

rule(
  "C6",
  async (trial) => {
    const { version } = trial;
    const topic = somewhere("topic");
    const listener = await openListener(trial, topic);
    const peer = await trial.connect();
    const end = version === "1.2" ? "\r\n" : "\n";
    const escaped = version === "1.0" ? "" : "x\\cy\\\\";
    const frame = Buffer.from(["SEND", `destination:${topic}`, `방:${escaped}안녕`, "", "한글 👋\0"].join(end));
    const cuts = [...frame.keys()].slice(1);
    for (const cut of cuts) {
      peer.bytes(frame.subarray(0, cut));
      await setImmediate();
      peer.bytes(frame.subarray(cut));
    }
    for (const octet of frame) peer.bytes(Buffer.from([octet]));
    expect(new Set(await received(listener, cuts.length + 1))).toEqual(new Set(["한글 👋"]));
    const messages = heard(listener);
    expect(messages).toHaveLength(cuts.length + 1);
    expect(new Set(messages.map(({ headers }) => headers.방))).toEqual(new Set([`${escaped}안녕`]));
  },
  { versions: VERSIONS },
);

rule(
  "C7",
  async ({ connect }) => {
    const peer = await connect();
    const topic = somewhere("topic");
    const send = (body: string) => `SEND\ndestination:${topic}\nreceipt:${body}\n\n${body}`;
    const subscribe = `SUBSCRIBE\nid:1\ndestination:${topic}\nreceipt:subscribed\n\n`;
    const unsubscribe = `UNSUBSCRIBE\nid:1\ndestination:${topic}\nreceipt:unsubscribed\n\n`;
    peer.send(send("before"), subscribe, send("one"), send("two"), unsubscribe, send("after"));
    await until("the last RECEIPT", () => peer.frames.at(-1)?.headers["receipt-id"] === "after");
    const receipts = peer.frames.map(({ headers }) => headers["receipt-id"]).filter((id) => id !== undefined);
    expect(receipts).toEqual(["before", "subscribed", "one", "two", "unsubscribed", "after"]);
    expect(await received(peer, 2)).toEqual(["one", "two"]);
  },
  { versions: VERSIONS },
);

rule(
  "C8",
  async ({ connect }) => {
    const peer = await connect("1.2", "heart-beat:0,10000\n");
    const topic = somewhere("topic");
    const long = "x".repeat(70_000);
    const send = (body: string) => `SEND\ndestination:${topic}\nreceipt:r\n\n${body}`;
    // Everything that goes out in one turn is written at once, and each frame is a message of its own all the same.
    peer.send(`SUBSCRIBE\nid:1\ndestination:${topic}\n\n`, ...["a", "b", long, "c"].map(send));
    expect(await received(peer, 4)).toEqual(["a", "b", long, "c"]);
    await until("the RECEIPTs", () => peer.frames.length === 9);
    const isOneFrame = (data: Buffer) => /^[A-Z]+\n/.test(data.toString()) && data.indexOf(0) === data.length - 1;
    expect(peer.messages.map(({ data }) => isOneFrame(data))).toEqual(Array(9).fill(true));
    turn(20_000);
    await peer.settled();
    const beats = peer.messages.filter(({ data }) => !isOneFrame(data));
    expect(beats.length).toBeGreaterThan(0);
    for (const { data, isBinary } of beats)
      expect({ data, isBinary }).toEqual({ data: Buffer.from("\n"), isBinary: false });
  },
  WEBSOCKET,
);

rule(
  "C9",
  async ({ connect }) => {
    const peer = await connect();
    const topic = somewhere("topic");
    peer.send(`SUBSCRIBE\nid:1\ndestination:${topic}\n\n`);
    const octets = [Buffer.from("안녕 👋"), Buffer.from([0xff]), Buffer.from("안").subarray(0, 2), Buffer.from("a\0b")];
    for (const body of octets) {
      const head = `SEND\ndestination:${topic}\ncontent-type:text/plain\ncontent-length:${body.length}\n\n`;
      peer.bytes(Buffer.concat([Buffer.from(head), body, Buffer.from([0])]), "binary");
    }
    await received(peer, 4);
    expect(peer.frames.slice(1).map(({ body }) => Buffer.from(body))).toEqual(octets);
    expect(peer.messages.map(({ isBinary }) => isBinary)).toEqual([false, false, true, true, false]);
  },
  WEBSOCKET,
);
