import { expect } from "vitest";
import { rule, type Version, withBareBroker } from "./bare-broker.ts";
import { bodies, FROM_1_1, fatal, listen, message, receipted, say, somewhere, VERSIONS } from "./exchange.ts";

withBareBroker({ limits: { connectTimeout: 3_000 } });

const GUEST = "login:guest\npasscode:guest\n";

rule("C39", async ({ connect }) => {
  for (const version of FROM_1_1) {
    const peer = await connect(version);
    expect(peer.frames[0]?.headers.version).toBe(version);
  }
});

rule("C40", async ({ open }) => {
  const peer = await open();
  peer.send(`STOMP\naccept-version:1.2\nhost:localhost\n${GUEST}\n`);
  expect(await peer.next()).toMatchObject({ command: "CONNECTED", headers: { version: "1.2" } });
  await say(peer, somewhere("topic"), "hello");
  const stranger = await open();
  stranger.send("STOMP\naccept-version:1.2\nhost:localhost\nlogin:guest\npasscode:wrong\n\n");
  await fatal(stranger);
});

rule("C41", async ({ open }) => {
  const peer = await open();
  peer.send(`CONNECT\n${GUEST}\n`);
  const { command, headers } = await peer.next();
  expect(command).toBe("CONNECTED");
  expect(headers.session).toMatch(/./);
  expect(headers.version).toBe("1.0");
  // Nothing is unescaped, and a subscription needs no id.
  await receipted(peer, "SUBSCRIBE\ndestination:/topic/a\\nb\n");
  await say(peer, "/topic/a\\nb", "hello");
  expect((await peer.frames.find((frame) => frame.command === "MESSAGE"))?.headers.destination).toBe("/topic/a\\nb");
});

rule("C42", async ({ open }) => {
  const cases: [accept: string, agreed: Version][] = [
    ["1.0,1.1,1.2", "1.2"],
    ["1.2,1.1,1.0", "1.2"],
    ["1.1,1.0", "1.1"],
    ["1.0,1.1", "1.1"],
    ["1.0", "1.0"],
    ["9.9,1.1", "1.1"],
    ["1.2", "1.2"],
  ];
  for (const [accept, agreed] of cases) {
    const peer = await open();
    peer.send(`CONNECT\naccept-version:${accept}\nhost:localhost\n${GUEST}\n`);
    expect((await peer.next()).headers.version, accept).toBe(agreed);
  }
});

rule("C43", async ({ open }) => {
  const peer = await open();
  peer.send(`CONNECT\naccept-version:2.1,9.9\nhost:localhost\n${GUEST}\n`);
  const error = await fatal(peer);
  expect(error.headers.version?.split(",").sort()).toEqual(["1.0", "1.1", "1.2"]);
  expect(peer.frames).toHaveLength(1);
});

rule("C44", async ({ open }) => {
  for (const version of FROM_1_1) {
    const peer = await open();
    peer.send(`CONNECT\naccept-version:${version}\n${GUEST}\n`);
    expect((await peer.next()).headers.version).toBe(version);
  }
});

rule("C45", async ({ open, carrier }) => {
  const wrong = [
    "login:guest\npasscode:wrong\n",
    "login:mina\npasscode:guest\n",
    "login:guest\n",
    "passcode:guest\n",
    "",
  ];
  for (const credentials of wrong)
    for (const version of VERSIONS) {
      const peer = await open();
      peer.send(`CONNECT\naccept-version:${version}\nhost:localhost\n${credentials}\n`);
      const error = await fatal(peer);
      expect(error.headers.code).toBe("unauthenticated");
      expect(peer.frames).toHaveLength(1);
      if (carrier === "websocket") expect(peer.closed).toBe(4401);
    }
});

rule("C46", async ({ connect, open }) => {
  const destination = somewhere("topic");
  const jun = await connect();
  await listen(jun, destination, "a");
  const early = [
    `SEND\ndestination:${destination}\n\nearly`,
    `SUBSCRIBE\nid:a\ndestination:${destination}\n\n`,
    "UNSUBSCRIBE\nid:a\n\n",
    "ACK\nid:a\n\n",
    "NACK\nid:a\n\n",
    "BEGIN\ntransaction:a\n\n",
    "COMMIT\ntransaction:a\n\n",
    "ABORT\ntransaction:a\n\n",
    "DISCONNECT\n\n",
    "HELLO\n\n",
  ];
  for (const frame of early) {
    const peer = await open();
    // What follows is too late, credentials and all.
    peer.send(frame, `CONNECT\n${GUEST}\n`);
    await fatal(peer);
    expect(peer.frames, frame).toHaveLength(1);
  }
  expect(await bodies(jun)).toEqual([]);
});

rule("C47", async ({ connect }) => {
  for (const version of VERSIONS)
    for (const command of ["CONNECT", "STOMP"]) {
      const peer = await connect(version);
      peer.send(`${command}\naccept-version:${version}\nhost:localhost\n${GUEST}\n`);
      await fatal(peer);
      expect(peer.frames.map((frame) => frame.command)).toEqual(["CONNECTED", "ERROR"]);
    }
});

rule("C48", async ({ connect, open }) => {
  const connected = await connect();
  const silent = await open();
  const halfway = await open();
  halfway.bytes("CONNECT\naccept-version:1.2\n");
  await Promise.all([silent.end(), halfway.end()]);
  expect(connected.closed).toBeUndefined();
  await say(connected, somewhere("topic"), "still here");
});

rule("C49", async ({ connect }) => {
  for (const version of VERSIONS) {
    const peer = await connect(version, "receipt:r1\n");
    await peer.settled();
    expect(peer.frames.some(({ headers }) => headers["receipt-id"] === "r1")).toBe(false);
    expect(peer.frames.filter(({ command }) => command === "RECEIPT")).toHaveLength(1);
  }
});

rule("C50", async ({ connect, open }) => {
  const destination = somewhere("topic");
  const jun = await connect();
  await listen(jun, destination, "a");
  const frames = [
    `SUBSCRIBE\nid:b\ndestination:${destination}\nreceipt:r1\n\n`,
    `SEND\ndestination:${destination}\nreceipt:r2\n\nhello`,
  ];
  const mina = await open();
  mina.send(`CONNECT\naccept-version:1.2\nhost:localhost\n${GUEST}\n`, ...frames);
  await mina.find("MESSAGE");
  await mina.settled();
  expect(mina.frames.slice(0, 3).map(({ command }) => command)).toEqual(["CONNECTED", "RECEIPT", "MESSAGE"]);
  expect((await message(jun)).body.toString()).toBe("hello");
  const stranger = await open();
  stranger.send("CONNECT\naccept-version:1.2\nhost:localhost\nlogin:guest\npasscode:wrong\n\n", ...frames);
  await fatal(stranger);
  expect(stranger.frames).toHaveLength(1);
  expect(await bodies(jun)).toEqual(["hello"]);
});
