import { expect, test } from "vitest";
import { roomActivity, roomVerb } from "#lib/chat/destinations.ts";
import { relayed } from "#tests/faults/relayed.ts";
import { readFigures } from "#tests/support/figures.ts";
import { startServer } from "#tests/support/server.ts";
import { post } from "#tests/support/talk.ts";
import { until } from "#tests/support/until.ts";
import { events, isHere, numbers, relayStates, texts } from "./overheard.ts";
import { PATIENCE, type TwoServers } from "./two-places.ts";

/** What becomes of it while the engine, or one of the two, is away. */
export function goOnWithoutThem(place: TwoServers): void {
  const { meet } = place;

  test(
    "while the broker is away both servers go on; quiet rooms and counts catch up, and the log says it once",
    async () => {
      const { one, other, relay } = place;
      const { speaker, listener, room } = await meet("끊김");
      await relay.kill();
      for (const server of [one, other]) {
        await until("its absence", async () => (await relayStates(server)).down === 1, 30_000);
        expect(await relayStates(server)).toEqual({ connecting: 0, up: 0, down: 1 });
        const up = await fetch(`${server.origin}/up`);
        expect([up.status, await up.json()]).toMatchObject([200, { broker: "unavailable" }]);
      }
      await post(speaker, room.id, "들리지 않는 말");
      await until("it from the database", () => texts(listener, room).includes("들리지 않는 말"), 10_000);
      await relay.start();
      await relayed([one, other], 60_000);
      await post(speaker, room.id, "다시 들려요");
      await until("it", () => texts(listener, room).includes("다시 들려요"), 10_000);
      expect(numbers(listener, room)).toEqual(["0 1", "1 2"]);
      for (const server of [one, other]) expect(server.output().split("is away").length - 1).toBe(1);
      const figures = await readFigures(one);
      expect(figures.get("sarangbang_relay_reconnects_total")).toBe(1);
      expect(figures.get("sarangbang_relay_dropped_total")).toBeGreaterThan(0);
    },
    PATIENCE,
  );

  test(
    "F7 a server dies between the commit of a message and its hint, and 준 has it, even in a quiet room",
    async () => {
      const { mina, database, relay, open } = place;
      const { listener, room } = await meet("반쯤");
      const env = { DATABASE_URL: database, BROKER_URL: relay.url, DIE_BEFORE_HINT: "마지막 말" };
      const dying = await startServer({ ui: false, env });
      const last = await open(dying, mina);
      last.send("SEND", { destination: roomVerb(room.id, "post") }, JSON.stringify({ text: "마지막 말" }));
      await last.closed;
      await until("it from the database", () => texts(listener, room).includes("마지막 말"), 10_000);
      expect(numbers(listener, room)).toEqual(["0 1"]);
      await dying.stop();
    },
    PATIENCE,
  );

  test(
    "a server is killed, and its people are gone on the other",
    async () => {
      const { one, mina } = place;
      const { listener, room } = await meet("끝");
      const gone = () =>
        events(listener, roomActivity(room.id)).some(
          (event) => event.type === "presence" && event.user === mina.id && !event.online,
        );
      const activity = () => events(listener, roomActivity(room.id));
      await until("미나 on 준's server", () => activity().some((event) => isHere(event, mina.id)), 20_000);
      expect(gone()).toBe(false);
      await one.kill();
      await until("미나 to be gone", gone, 30_000);
    },
    PATIENCE,
  );
}
