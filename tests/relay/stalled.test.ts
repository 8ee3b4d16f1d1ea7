import { expect, onTestFinished, test } from "vitest";
import type { Engine, EngineEvents, Link } from "#server/relay/engine.ts";
import { openRelayOver, USUAL } from "#server/relay/relay-over.ts";
import { until } from "#tests/support/until.ts";

test("an engine that takes nothing by the time its first room is bound is away until it takes again, and what 미나 says meanwhile is counted as dropped", async () => {
  const bound = Promise.withResolvers<void>();
  let engine: EngineEvents | undefined;
  const link: Link = {
    ...{ mixes: false, pace: 0, waiting: 0, bind: () => bound.promise },
    ...{ send() {}, unbind() {}, close: async () => {}, destroy() {} },
  };
  const connecting: Engine = {
    async connect(events) {
      engine = events;
      return link;
    },
  };
  const states: string[] = [];
  const options = {
    ...{ url: new URL("amqp://broker"), node: "one", heard() {} },
    changed: (state: string) => states.push(state),
  };
  const relay = openRelayOver(connecting, options, USUAL);
  onTestFinished(() => relay.close());
  const heeded = relay.heed("room");
  await until("the link", () => engine !== undefined);
  for (const reason of ["no memory", undefined, "no disk"]) engine?.stalled(reason);
  bound.resolve();
  await heeded;
  relay.publish("room", "안녕하세요");
  expect({ states, ...relay.counts() }).toMatchObject({ states: ["down"], dropped: 1, reconnects: 0 });
  engine?.stalled(undefined);
  expect({ states, ...relay.counts() }).toMatchObject({ states: ["down", "up"], reconnects: 0 });
});
