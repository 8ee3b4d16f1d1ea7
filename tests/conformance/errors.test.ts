import { expect } from "vitest";
import { rule, withBareBroker } from "./bare-broker.ts";
import { bodies, fatal, heard, listen, receipted, say, somewhere, VERSIONS } from "./exchange.ts";

const MiB = 1024 * 1024;

withBareBroker({ queues: { messages: 5 } });

rule("C95", async ({ connect, carrier }) => {
  for (const version of VERSIONS) {
    const topic = somewhere("topic");
    const [mina, jun] = [await connect(version), await connect(version)];
    await listen(jun, topic, "a");
    // Much is still on its way to 준 when he makes his mistake.
    const long = "가".repeat(300_000);
    for (let times = 0; times < 5; times++) mina.send(`SEND\ndestination:${topic}\n\n${long}`);
    await mina.settled();
    jun.send("SEND\n\n");
    const error = await fatal(jun);
    expect(heard(jun)).toHaveLength(5);
    expect(error.headers.code).toBe("malformed");
    if (carrier === "websocket") expect(jun.closed).toBe(1002);
    // 미나 has made none.
    await say(mina, topic, "still here");
  }
});

rule("C96", async ({ connect, open }) => {
  const mistakes = [
    "SEND\n\n",
    "NONSENSE\n\n",
    "SEND\nno colon\n\n",
    "ACK\nid:unknown\n\n",
    "COMMIT\ntransaction:t\n\n",
  ];
  for (const version of VERSIONS)
    for (const mistake of mistakes) {
      const peer = await connect(version);
      peer.send(mistake);
      expect((await fatal(peer)).headers.message, mistake).toMatch(/\w+ \w+/);
    }
  const stranger = await open();
  stranger.send("CONNECT\naccept-version:1.2\nhost:a\nlogin:guest\npasscode:secret\n\n");
  const error = await fatal(stranger);
  expect(error.headers.message).toMatch(/\w+ \w+/);
  // What was sent is not said back, least of all a secret.
  expect(JSON.stringify(error.headers) + error.body.toString()).not.toContain("secret");
});

rule("C97", async ({ connect }) => {
  for (const version of VERSIONS)
    for (const command of ["NONSENSE", "MESSAGE", "RECEIPT", "CONNECTED", "ERROR", "send", "SEND ", ""]) {
      const topic = somewhere("topic");
      const [mina, jun] = [await connect(version), await connect(version)];
      await listen(jun, topic, "a");
      mina.bytes(`${command === "" ? " " : command}\ndestination:${topic}\n\n\0`);
      mina.send(`SEND\ndestination:${topic}\n\nafter it`);
      await fatal(mina);
      expect(await bodies(jun), command).toEqual([]);
    }
});

rule("C98", async ({ connect }) => {
  for (const version of VERSIONS) {
    const topic = somewhere("topic");
    const send = async (headers: string, body = "") => {
      const peer = await connect(version);
      peer.send(`SEND\ndestination:${topic}\n${headers}receipt:r\n\n${body}`);
      const answer = await peer.next(20_000);
      if (answer.command === "RECEIPT") return "RECEIPT";
      await fatal(peer);
      return answer.headers.code;
    };
    const headers = (count: number) => Array.from({ length: count }, (_, index) => `h${index}:a\n`).join("");
    expect(await send(headers(98))).toBe("RECEIPT");
    expect(await send(headers(99))).toBe("too-long");
    expect(await send("same:a\n".repeat(99))).toBe("too-long");
    const line = (length: number) => `x:${"y".repeat(length - 2)}\n`;
    expect(await send(line(8_192))).toBe("RECEIPT");
    expect(await send(line(8_193))).toBe("too-long");
    expect(await send("", "z".repeat(4 * MiB - 1_000))).toBe("RECEIPT");
    expect(await send("", "z".repeat(4 * MiB))).toBe("too-long");
    expect(await send(`content-length:${4 * MiB}\n`)).toBe("too-long");
  }
});

rule("C99", async ({ connect, open }) => {
  const credentials = "login:guest\npasscode:guest\n";
  const lines = (bytes: number) => `x:${"y".repeat(997)}\n`.repeat(bytes / 1_000);
  const fine = await open();
  fine.send(`CONNECT\n${credentials}${lines(8_000)}\n`);
  expect((await fine.next()).command).toBe("CONNECTED");
  const tooLong = await open();
  tooLong.send(`CONNECT\n${credentials}${lines(9_000)}\n`);
  expect((await fatal(tooLong)).headers.code).toBe("too-long");
  // Drop by drop it is as much, and it is said before the frame is over.
  const drop = await open();
  drop.bytes(`CONNECT\n${credentials}`);
  for (let times = 0; times < 9; times++) drop.bytes(lines(1_000));
  expect((await fatal(drop)).headers.code).toBe("too-long");
  // Whoever is in may say as much as that and more, and no more than the limit in however many pieces.
  for (const version of VERSIONS) {
    const peer = await connect(version);
    await receipted(peer, "SEND\ndestination:/topic/a\n", "z".repeat(100_000));
    peer.bytes("SEND\ndestination:/topic/a\n\n");
    for (let times = 0; times < 5; times++) peer.bytes("z".repeat(MiB));
    expect((await fatal(peer)).headers.code).toBe("too-long");
  }
  // Whole frames do not add up.
  const busy = await connect();
  for (let times = 0; times < 5; times++) await receipted(busy, "SEND\ndestination:/topic/a\n", "z".repeat(MiB));
});

rule("C100", async ({ connect }) => {
  const flood = async (count: number, frame: (index: number) => string, before: string[] = []) => {
    const peer = await connect();
    peer.send(...before);
    for (let index = 0; index < count; index++) peer.send(frame(index));
    return peer;
  };
  const subscribe = (index: number) => `SUBSCRIBE\nid:${index}\ndestination:/topic/${index}\n\n`;
  await receipted(await flood(9_999, subscribe), "SUBSCRIBE\nid:last\ndestination:/topic/a\n");
  expect((await fatal(await flood(10_001, subscribe))).headers.code).toBe("rate-limited");
  const begin = (index: number) => `BEGIN\ntransaction:${index}\n\n`;
  await receipted(await flood(99, begin), "BEGIN\ntransaction:last\n");
  expect((await fatal(await flood(101, begin))).headers.code).toBe("rate-limited");
  const within = (length: number) => () =>
    `SEND\ndestination:/topic/a\ntransaction:${"t".repeat(100)}\n\n${"z".repeat(length)}`;
  const began = [`BEGIN\ntransaction:${"t".repeat(100)}\n\n`];
  await receipted(await flood(5, within(3 * MiB), began), `COMMIT\ntransaction:${"t".repeat(100)}\n`);
  expect((await fatal(await flood(6, within(3 * MiB), began))).headers.code).toBe("too-long");
  await receipted(await flood(10_000, within(0), began), `COMMIT\ntransaction:${"t".repeat(100)}\n`);
  expect((await fatal(await flood(10_001, within(0), began))).headers.code).toBe("too-long");
  // What waits in headers counts as well.
  const padded = () => `SEND\ndestination:/topic/a\ntransaction:${"t".repeat(100)}\nx:${"y".repeat(8_000)}\n\n`;
  expect((await fatal(await flood(2_200, padded, began))).headers.code).toBe("too-long");
  // And a queue keeps no more than it may.
  const queue = somewhere("queue");
  const full = await flood(5, (index) => `SEND\ndestination:${queue}\n\n${index}`);
  const jun = await connect();
  await full.settled();
  full.send(`SEND\ndestination:${queue}\n\nno room`);
  expect((await fatal(full)).headers).toMatchObject({ code: "busy", field: "queue" });
  await listen(jun, queue, "a");
  expect(await bodies(jun)).toEqual(["0", "1", "2", "3", "4"]);
});
