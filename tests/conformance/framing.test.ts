import { expect } from "vitest";
import { rule, withBareBroker } from "./bare-broker.ts";
import { FROM_1_1, somewhere, VERSIONS } from "./exchange.ts";
import { openListener, received, refused, rejected, relayed } from "./listening.ts";

const LOGIN = "login:guest\npasscode:guest\n";

withBareBroker();

rule(
  "C10",
  async (trial) => {
    const { lines } = await relayed(trial, "kind:small\nKind:large");
    expect(lines).toContainEqual(["kind", "small"]);
    expect(lines).toContainEqual(["Kind", "large"]);
    const topic = somewhere("topic");
    const listener = await openListener(trial, topic);
    for (const wrong of [`send\ndestination:${topic}\n\nhi`, `SEND\nDestination:${topic}\n\nhi`]) {
      const peer = await trial.connect();
      peer.send(wrong);
      await refused(peer, listener);
    }
  },
  { versions: FROM_1_1 },
);

rule(
  "C11",
  async (trial) => {
    const { lines } = await relayed(trial, "x:a\ny:b");
    expect(lines).toContainEqual(["x", "a"]);
    expect(lines).toContainEqual(["y", "b"]);
    // A carriage return that no version takes for the end of a line by itself.
    const peer = await trial.connect();
    peer.send("SUBSCRIBE\rid:1\rdestination:/topic/a\rreceipt:r\r\n\n");
    await refused(peer);
  },
  { versions: VERSIONS },
);

rule("C12", async (trial) => {
  const { open, connect } = trial;
  const topic = somewhere("topic");
  const peer = await open();
  peer.send(`CONNECT\r\naccept-version:1.2\r\nhost:a\r\n${LOGIN.replaceAll("\n", "\r\n")}\r\n`);
  expect((await peer.next()).command).toBe("CONNECTED");
  peer.send(`SUBSCRIBE\r\nid:1\r\ndestination:${topic}\r\n\r\n`);
  peer.send(`SEND\r\ndestination:${topic}\r\nx:a\r\n\r\nbody\r\n`);
  const message = await peer.next();
  expect(message.headers).toMatchObject({ destination: topic, x: "a" });
  expect(message.body.toString()).toBe("body\r\n");
  // Before 1.2 it is no end of the headers, which then never come to theirs.
  for (const version of ["1.0", "1.1"] as const) {
    const older = await connect(version);
    older.send(`SEND\r\ndestination:${topic}\r\n\r\nbody`);
    await refused(older);
  }
  await peer.settled();
  expect(await received(peer, 1)).toHaveLength(1);
});

rule("C13", async (trial) => {
  await rejected(trial, "x:a\rb");
  await rejected(trial, "x\ry:a");
  await rejected(trial, "x:a\r\r");
  const peer = await trial.open();
  peer.send(`CONNECT\naccept-version:1.2\nhost:a\rb\n${LOGIN}\n`);
  await refused(peer);
});

rule(
  "C13",
  async (trial) => {
    // To the versions before it is an octet like any other.
    const { lines } = await relayed(trial, "x:a\rb", "1.1");
    expect(lines).toContainEqual(["x", "a\rb"]);
  },
  { versions: ["1.0", "1.1"] },
);

rule(
  "C14",
  async ({ connect, version }) => {
    const peer = await connect();
    const topic = somewhere("topic");
    const ends = version === "1.2" ? "\n\r\n\n\r\n" : "\n\n\n";
    const subscribe = `SUBSCRIBE\nid:1\ndestination:${topic}\n\n\0`;
    const send = `SEND\ndestination:${topic}\n\nhi\0`;
    peer.bytes(`${ends}${subscribe}${ends}${send}${ends}${ends}`);
    peer.bytes(ends);
    peer.bytes(`${send}\n`);
    expect(await received(peer, 2)).toEqual(["hi", "hi"]);
    await peer.settled();
  },
  { versions: VERSIONS },
);

rule("C15", async ({ open }) => {
  const peer = await open();
  for (const ends of ["\n", "\r\n\n", "\r", "\n"]) peer.bytes(ends);
  peer.bytes(`\n\nCONNECT\naccept-version:1.2\nhost:a\n${LOGIN}\n\0`);
  expect((await peer.next()).command).toBe("CONNECTED");
});

rule(
  "C16",
  async ({ open, version }) => {
    const peer = await open();
    const topic = somewhere("topic");
    peer.bytes(`\0CONNECT\naccept-version:${version}\nhost:a\n${LOGIN}\n\0\0\n\0`);
    expect((await peer.next()).command).toBe("CONNECTED");
    peer.bytes(`\0\0SUBSCRIBE\nid:1\ndestination:${topic}\n\n\0\0`);
    peer.bytes(`\0SEND\ndestination:${topic}\n\nhi\0\0\0SEND\ndestination:${topic}\n\nho\0`);
    expect(await received(peer, 2)).toEqual(["hi", "ho"]);
  },
  { versions: VERSIONS },
);

rule(
  "C17",
  async (trial) => {
    for (const line of ["colon", ":value", ":", " "]) await rejected(trial, line);
    const peer = await trial.open();
    peer.send(`CONNECT\naccept-version:${trial.version}\nhost\n${LOGIN}\n`);
    await refused(peer);
  },
  { versions: VERSIONS },
);

rule(
  "C18",
  async (trial) => {
    const { lines } = await relayed(trial, "empty:\nfull:a");
    expect(lines).toContainEqual(["empty", ""]);
    expect(lines).toContainEqual(["full", "a"]);
  },
  { versions: FROM_1_1 },
);

rule(
  "C19",
  async (trial) => {
    const { lines } = await relayed(trial, "link:http://a:80/:b:", "1.0");
    expect(lines).toContainEqual(["link", "http://a:80/:b:"]);
  },
  { versions: VERSIONS },
);

rule(
  "C20",
  async (trial) => {
    const { lines } = await relayed(trial, "이름:미나 👋\nÄ:ß\ufffd");
    expect(lines).toContainEqual(["이름", "미나 👋"]);
    expect(lines).toContainEqual(["Ä", "ß\ufffd"]);
    await rejected(trial, Buffer.from([...Buffer.from("x:"), 0xff]));
    await rejected(trial, Buffer.from([...Buffer.from("x"), 0xec, 0x95, ...Buffer.from(":a")]));
  },
  { versions: FROM_1_1 },
);

rule(
  "C21",
  async (trial) => {
    const { lines } = await relayed(trial, "x:  a \t\n y :b\nblank: ");
    for (const line of [
      ["x", "  a \t"],
      [" y ", "b"],
      ["blank", " "],
    ])
      expect(lines).toContainEqual(line);
    // With a blank it is another destination.
    const topic = somewhere("topic");
    const [bare, padded] = [await openListener(trial, topic), await openListener(trial, `${topic} `)];
    const peer = await trial.connect();
    peer.send(`SEND\ndestination:${topic} \n\npadded`, `SEND\ndestination:${topic}\n\nbare`);
    expect(await received(padded, 1)).toEqual(["padded"]);
    expect(await received(bare, 1)).toEqual(["bare"]);
  },
  { versions: FROM_1_1 },
);

rule(
  "C22",
  async (trial) => {
    const { lines } = await relayed(trial, "x:first\nx:second");
    expect(lines.filter(([name]) => name === "x")).toEqual([["x", "first"]]);
    const [first, second] = [somewhere("topic"), somewhere("topic")];
    const [one, other] = [await openListener(trial, first), await openListener(trial, second)];
    const peer = await trial.connect();
    peer.send(`SEND\ndestination:${first}\ndestination:${second}\n\nhi`);
    peer.send(`SEND\ndestination:${first}\ndestination:/forbidden\n\nho`);
    expect(await received(one, 2)).toEqual(["hi", "ho"]);
    peer.send(`SEND\ndestination:/forbidden\ndestination:${second}\n\nhey`);
    await refused(peer, other);
  },
  { versions: FROM_1_1 },
);

rule(
  "C22",
  async ({ open, version }) => {
    const answer = async (passcodes: string) => {
      const peer = await open();
      peer.send(`CONNECT\naccept-version:${version}\nhost:a\nlogin:guest\n${passcodes}\n`);
      return peer;
    };
    expect((await (await answer("passcode:guest\npasscode:wrong\n")).next()).command).toBe("CONNECTED");
    await refused(await answer("passcode:wrong\npasscode:guest\n"));
  },
  { versions: FROM_1_1 },
);
