import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { RelayTuning } from "#server/relay/relay-over.ts";
import type { Service } from "#tests/support/services/service.ts";
import { until } from "#tests/support/until.ts";
import { type Node, openNode } from "./node.ts";

const PATIENCE = 20_000;
const BURST = 10_000;
/** One hint in so many is long: 64 KiB in UTF-8. */
const LONG_EVERY = 200;
const LONG = "가나다라".repeat((64 * 1024) / 12);

/** An engine on two busy cores that is silent for a while is not dead. */
const UNHURRIED: Partial<RelayTuning> = { heartBeat: 20_000 };

/** What every relay promises, whatever its engine. Call it inside a describe. */
export function keepsPromises(start: () => Promise<Service>): void {
  let service: Service;
  const nodes: Node[] = [];
  const open = async (url = service.url, tuning?: Partial<RelayTuning>) => {
    const node = openNode(url, tuning);
    nodes.push(node);
    await node.up();
    return node;
  };

  beforeAll(async () => {
    service = await start();
  }, 180_000);
  afterEach(async () => {
    await Promise.all(nodes.splice(0).map(({ relay }) => relay.close()));
  });
  afterAll(() => service?.stop());

  test("미나's node is heard by 준's and by a third one, and not by itself", async () => {
    const [mina, jun, third] = [await open(), await open(), await open()];
    await Promise.all([mina, jun, third].map(({ relay }) => relay.heed("마루")));
    mina.relay.publish("마루", "안녕");
    jun.relay.publish("마루", "반가워");
    await until(
      "all that was said",
      () => third.heard.length === 2 && mina.heard.length > 0 && jun.heard.length > 0,
      PATIENCE,
    );
    expect(mina.heard).toEqual(["마루 반가워"]);
    expect(jun.heard).toEqual(["마루 안녕"]);
    expect(third.heard.toSorted()).toEqual(["마루 반가워", "마루 안녕"]);
    expect(mina.relay.counts()).toMatchObject({ published: 1, heard: 1, dropped: 0 });
  });

  test("준's node hears of the rooms it heeds, as often as it heeds them, and of no other", async () => {
    const [mina, jun] = [await open(), await open()];
    await jun.relay.heed("마루");
    await jun.relay.heed("마루");
    jun.relay.ignore("마루");
    await jun.relay.heed("부엌");
    mina.relay.publish("뜰", "아무도 없다");
    mina.relay.publish("마루", "하나");
    await until("what was said", () => jun.heard.length > 0, PATIENCE);
    jun.relay.ignore("마루");
    mina.relay.publish("마루", "둘");
    mina.relay.publish("부엌", "끝");
    await until("the end", () => jun.heard.includes("부엌 끝"), PATIENCE);
    await until("마루 and 부엌", () => jun.heard.length >= 2, PATIENCE);
    expect(jun.heard).toEqual(["마루 하나", "부엌 끝"]);
  });

  test("a room that 준 comes back to after a while is heard again", async () => {
    const [mina, jun] = [await open(), await open(service.url, { linger: 0 })];
    for (const visit of ["처음", "다시"]) {
      await jun.relay.heed("마루");
      mina.relay.publish("마루", visit);
      await until("what was said", () => jun.heard.includes(`마루 ${visit}`), PATIENCE);
      jun.relay.ignore("마루");
      // Unbinding is set off by a timer of no length at all.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  });

  test("what 미나 writes once 준's node has heeded a room is not missed", async () => {
    const [mina, jun] = [await open(service.url, UNHURRIED), await open(service.url, UNHURRIED)];
    const rooms = Array.from({ length: 100 }, (_, n) => `방${n}`);
    for (const room of rooms) {
      await jun.relay.heed(room);
      mina.relay.publish(room, "왔다");
    }
    await until("every room", () => jun.heard.length >= rooms.length, PATIENCE);
    expect(jun.heard.toSorted()).toEqual(rooms.map((room) => `${room} 왔다`).toSorted());
  });

  test("ten thousand hints at once arrive whole and, of each room, in order", async () => {
    const unhurried = { ...UNHURRIED, mostWaiting: 64 * 1024 * 1024 };
    const [mina, jun] = [await open(service.url, unhurried), await open(service.url, unhurried)];
    const rooms = ["마루", "부엌", "뜰"];
    await Promise.all(rooms.map((room) => jun.relay.heed(room)));
    const sent = Array.from({ length: BURST }, (_, n) => ({
      room: rooms[n % rooms.length] as string,
      text: n % LONG_EVERY === 0 ? `${n} ${LONG}` : `${n} 글 👩‍👩‍👧 "\\\n\u0000`,
    }));
    for (const { room, text } of sent) mina.relay.publish(room, text);
    await until("all of them", () => jun.heard.length >= BURST, 60_000);
    for (const room of rooms) {
      const ofRoom = jun.heard.filter((hint) => hint.startsWith(room));
      const wanted = sent.filter((hint) => hint.room === room).map(({ text }) => `${room} ${text}`);
      expect(ofRoom.findIndex((hint, n) => hint !== wanted[n])).toBe(-1);
      expect(ofRoom.length).toBe(wanted.length);
    }
    expect(mina.relay.counts().dropped).toBe(0);
  });

  test("while the engine is dead nothing blocks or throws, and when it is back the rooms heeded are heard as before", async () => {
    const [mina, jun] = [await open(), await open()];
    await jun.relay.heed("마루");
    await service.kill();
    await Promise.all([mina.down(), jun.down()]);
    const began = performance.now();
    for (let n = 0; n < BURST; n++) mina.relay.publish("마루", `${n}`);
    await jun.relay.heed("부엌");
    expect(performance.now() - began).toBeLessThan(500);
    expect(mina.relay.counts().dropped).toBeGreaterThanOrEqual(BURST);
    await service.start();
    await Promise.all([mina.up(), jun.up()]);
    for (const room of ["마루", "부엌"]) mina.relay.publish(room, "다시");
    await until("both rooms", () => jun.heard.length >= 2, PATIENCE);
    expect(jun.heard.toSorted()).toEqual(["마루 다시", "부엌 다시"]);
    expect(jun.told.map(({ state }) => state)).toEqual(["up", "down", "up"]);
    expect(jun.relay.counts().reconnects).toBe(1);
  }, 180_000);

  test("a node that closes lets out what it was given, and is told nothing afterwards", async () => {
    const [mina, jun] = [await open(), await open()];
    await jun.relay.heed("마루");
    mina.relay.publish("마루", "잘 있어");
    await mina.relay.close();
    await until("the last word", () => jun.heard.length > 0, PATIENCE);
    expect(jun.heard).toEqual(["마루 잘 있어"]);
    mina.relay.publish("마루", "아직");
    expect(mina.told.map(({ state }) => state)).toEqual(["up"]);
  });
}
