import { expect } from "vitest";
import { rule, type Version, withBareBroker } from "./bare-broker.ts";
import { bodies, FROM_1_1, fatal, heard, listen, message, receipted, say, somewhere, VERSIONS } from "./exchange.ts";

withBareBroker();

rule("C67", async ({ connect }) => {
  for (const version of VERSIONS)
    for (const frame of ["SEND\n\nhello", "SUBSCRIBE\nid:a\n\n", "SEND\ndestination:\n\nhello"]) {
      const peer = await connect(version);
      peer.send(frame);
      await fatal(peer);
    }
});

rule("C68", async ({ connect }) => {
  for (const version of VERSIONS) {
    const topic = somewhere("topic");
    const jun = await connect(version);
    await listen(jun, topic, "a");
    for (const frame of ["SEND\ndestination:/elsewhere/a\n\n", "SUBSCRIBE\nid:b\ndestination:topic\n\n"]) {
      const mina = await connect(version);
      // What stands behind a frame that failed has no effect.
      mina.send(frame, `SEND\ndestination:${topic}\n\nhello`);
      const { headers } = await fatal(mina);
      expect(headers.code).toBe("unsupported");
    }
    expect(await bodies(jun)).toEqual([]);
    await say(jun, topic, "still here");
  }
});

rule("C69", async ({ connect }) => {
  for (const version of FROM_1_1) {
    const topic = somewhere("topic");
    const peer = await connect(version);
    await listen(peer, topic, "a");
    const own = { priority: "9", "reply-to": "/queue/b", 이름: "미나 ", expires: "0", "content-type": "text/plain" };
    const odd = [
      ["__proto__", "a"],
      ["constructor", "b"],
      ["7", "seven"],
      ["empty", ""],
    ];
    const mine = [...Object.entries(own), ...odd];
    peer.send(`SEND\ndestination:${topic}\n${mine.map(([name, value]) => `${name}:${value}\n`).join("")}\nhello`);
    const { lines } = await message(peer);
    for (const line of mine) expect(lines).toContainEqual(line);
    expect(lines.filter(([name]) => name === "content-type")).toHaveLength(1);
  }
});

rule("C70", async ({ connect }) => {
  for (const version of VERSIONS) {
    const topic = somewhere("topic");
    const [mina, jun] = [await connect(version), await connect(version)];
    await listen(jun, topic, "a");
    await receipted(
      mina,
      `SEND\ndestination:${topic}\nmessage-id:forged\nsubscription:forged\nack:forged\nredelivered:true\nmine:yes\n`,
    );
    const { lines, headers } = await message(jun);
    expect(lines.map(([, value]) => value)).not.toContain("forged");
    expect(headers).toMatchObject({ mine: "yes", subscription: "a" });
    for (const name of ["receipt", "ack", "redelivered"]) expect(headers).not.toHaveProperty(name);
    // Once each, so that nothing depends on which of two a client reads.
    expect(new Set(lines.map(([name]) => name)).size).toBe(lines.length);
  }
});

rule("C71", async ({ connect }) => {
  const topic = somewhere("topic");
  for (const version of FROM_1_1) {
    const peer = await connect(version);
    peer.send(`SUBSCRIBE\ndestination:${topic}\n\n`);
    await fatal(peer);
  }
  const old = await connect("1.0");
  await receipted(old, `SUBSCRIBE\ndestination:${topic}\n`);
  await say(old, topic, "hello");
  expect(heard(old)[0]?.headers).not.toHaveProperty("subscription");
  const named = await connect("1.0");
  await listen(named, topic, "a");
  await say(named, topic, "hello");
  expect(heard(named)[0]?.headers.subscription).toBe("a");
});

rule("C72", async ({ connect }) => {
  for (const version of VERSIONS) {
    const peer = await connect(version);
    await listen(peer, somewhere("topic"), "a");
    await listen(peer, somewhere("topic"), "b");
    peer.send(`SUBSCRIBE\nid:a\ndestination:${somewhere("topic")}\n\n`);
    await fatal(peer);
    // Another connection's ids are its own.
    await listen(await connect(version), somewhere("topic"), "a");
  }
});

rule("C73", async ({ connect }) => {
  for (const version of VERSIONS) {
    const topic = somewhere("topic");
    const peer = await connect(version);
    for (const id of ["one", "two"]) await listen(peer, topic, id);
    await say(peer, topic, "hello");
    expect(heard(peer).map(({ headers }) => headers.subscription)).toEqual(["one", "two"]);
  }
});

rule("C74", async ({ connect }) => {
  for (const version of VERSIONS) {
    for (const ack of ["", "ack:auto\n", "ack:client\n", "ack:client-individual\n", "ack:sometimes\n", "ack:\n"]) {
      const queue = somewhere("queue");
      const peer = await connect(version);
      const isKnown = ["", "ack:auto\n", "ack:client\n"].includes(ack);
      if (isKnown || (ack === "ack:client-individual\n" && version !== "1.0")) {
        await listen(peer, queue, "a", ack);
        await say(peer, queue, "hello");
        expect(heard(peer)).toHaveLength(1);
        peer.cut();
        // What was auto is gone, the others were not acknowledged.
        const next = await connect(version);
        await peer.end();
        await listen(next, queue, "a");
        const isAuto = ack === "" || ack === "ack:auto\n";
        if (isAuto) expect(await bodies(next)).toEqual([]);
        else expect((await message(next)).body.toString()).toBe("hello");
      } else {
        peer.send(`SUBSCRIBE\nid:a\ndestination:${queue}\n${ack}\n`);
        await fatal(peer);
      }
    }
  }
});

rule("C75", async ({ connect }) => {
  for (const version of VERSIONS) {
    const topic = somewhere("topic");
    const [mina, jun] = [await connect(version), await connect(version)];
    await listen(jun, topic, "a");
    for (let times = 0; times < 500; times++) mina.send(`SEND\ndestination:${topic}\n\n${times}`);
    await message(jun);
    jun.send("UNSUBSCRIBE\nid:a\nreceipt:out\n\n");
    for (let times = 500; times < 1_000; times++) {
      mina.send(`SEND\ndestination:${topic}\n\n${times}`);
      // Whose bytes are read first is nobody's promise: within one burst it may be all of hers.
      if (times % 100 === 0) await mina.settled();
    }
    await mina.settled();
    await jun.settled();
    const out = jun.frames.findIndex(({ headers }) => headers["receipt-id"] === "out");
    expect(jun.frames.slice(out).some(({ command }) => command === "MESSAGE")).toBe(false);
    expect(heard(jun).length).toBeGreaterThan(0);
    expect(heard(jun).length).toBeLessThan(1_000);
  }
});

rule("C76", async ({ connect }) => {
  for (const version of VERSIONS) {
    const topic = somewhere("topic");
    const peer = await connect(version);
    await listen(peer, topic, "a");
    peer.send("UNSUBSCRIBE\nid:b\n\n");
    await fatal(peer);
    const second = await connect(version);
    await listen(second, topic, "a");
    await receipted(second, "UNSUBSCRIBE\nid:a\n");
    second.send("UNSUBSCRIBE\nid:a\n\n");
    await fatal(second);
    const third = await connect(version);
    if (version === "1.0") {
      await receipted(third, `SUBSCRIBE\ndestination:${topic}\n`);
      await receipted(third, `UNSUBSCRIBE\ndestination:${topic}\n`);
      await say(third, topic, "hello");
      expect(heard(third)).toEqual([]);
      third.send(`UNSUBSCRIBE\ndestination:${topic}\n\n`);
    } else {
      await listen(third, topic, "a");
      third.send(`UNSUBSCRIBE\ndestination:${topic}\n\n`);
    }
    await fatal(third);
  }
});

rule("C77", async ({ connect }) => {
  for (const version of VERSIONS) {
    const [before, after] = [somewhere("topic"), somewhere("topic")];
    const peer = await connect(version);
    await listen(peer, before, "a");
    await receipted(peer, "UNSUBSCRIBE\nid:a\n");
    await listen(peer, after, "a");
    await say(peer, before, "before");
    await say(peer, after, "after");
    expect(await bodies(peer)).toEqual(["after"]);
  }
});

rule("C78", async ({ connect }) => {
  for (const version of VERSIONS)
    for (const kind of ["topic", "queue"] as const) {
      const destination = somewhere(kind);
      const peer = await connect(version);
      await listen(peer, destination, "내 것");
      await say(peer, destination, "one", "two");
      const [one, two] = heard(peer);
      expect(one?.headers).toMatchObject({
        destination,
        subscription: "내 것",
        "message-id": expect.stringMatching(/./),
      });
      expect(two?.headers["message-id"]).not.toBe(one?.headers["message-id"]);
    }
});

rule("C79", async ({ connect }) => {
  for (const version of VERSIONS)
    for (const kind of ["topic", "queue"] as const) {
      const destination = `${somewhere(kind)}/ 방 #1%20/../A?b=c&d;e `;
      const peer = await connect(version);
      await listen(peer, destination, "a");
      await say(peer, destination, "hello");
      expect(heard(peer)[0]?.headers.destination).toBe(destination);
      // Another writing is another destination.
      await say(peer, destination.toUpperCase().replace(kind.toUpperCase(), kind), "other");
      await say(peer, destination.trim(), "other");
      expect(await bodies(peer)).toEqual(["hello"]);
    }
});

rule("C80", async ({ connect }) => {
  const heardAs = async (version: Version, mode: string, destination: string) => {
    const peer = await connect(version);
    await listen(peer, destination, "a", `ack:${mode}\n`);
    await say(peer, destination, "one", "two");
    return heard(peer).map(({ headers }) => headers.ack);
  };
  for (const kind of ["topic", "queue"] as const) {
    for (const mode of ["client", "client-individual"]) {
      const acks = await heardAs("1.2", mode, somewhere(kind));
      expect(new Set(acks).size).toBe(2);
      expect(acks).not.toContain(undefined);
      expect(await heardAs("1.1", mode, somewhere(kind))).toEqual([undefined, undefined]);
    }
    for (const version of VERSIONS)
      expect(await heardAs(version, "auto", somewhere(kind))).toEqual([undefined, undefined]);
    expect(await heardAs("1.0", "client", somewhere(kind))).toEqual([undefined, undefined]);
  }
});
