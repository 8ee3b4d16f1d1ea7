import { brokerUrl } from "#server/relay/broker-url.ts";
import { openRelay } from "#server/relay/open-relay.ts";
import type { Relay, RelayState } from "#server/relay/relay.ts";
import type { RelayTuning } from "#server/relay/relay-over.ts";
import { until } from "#tests/support/until.ts";

/** A relay with an ear. */
export interface Node {
  relay: Relay;
  /** `key hint`, in the order in which they came. */
  heard: string[];
  /** What it was told about itself. */
  told: { state: RelayState; reason: string | undefined }[];
  /** Until it is up. */
  up(): Promise<void>;
  down(): Promise<void>;
}

/** Quicker than people need, so that tests wait less, and more patient with engines that share two cores with all of them. AMQP counts heart-beats in whole seconds. */
const QUICK: Partial<RelayTuning> = {
  heartBeat: 1_000,
  retry: { first: 50, most: 500 },
  linger: 100,
  patience: 10_000,
};
/** JVMs that have just started answer their first connections slowly. */
const PATIENCE = 20_000;

let count = 0;

export function openNode(url: string, tuning: Partial<RelayTuning> = {}): Node {
  count += 1;
  const heard: string[] = [];
  const told: Node["told"] = [];
  const relay = openRelay(
    {
      url: brokerUrl(url),
      node: `node-${process.pid}-${count}`,
      heard: (key, hint) => heard.push(`${key} ${hint}`),
      changed: (state, reason) => told.push({ state, reason }),
    },
    { ...QUICK, ...tuning },
  );
  const waitFor = async (state: RelayState) => {
    await until(`a relay that is ${state}`, () => relay.state === state, PATIENCE);
  };
  return { relay, heard, told, up: () => waitFor("up"), down: () => waitFor("down") };
}
