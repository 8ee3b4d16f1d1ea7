import { describe } from "vitest";
import { keepsPromises } from "#tests/relay/contract.ts";
import { survivesNetworks } from "#tests/relay/networks.ts";
import type { Engine } from "#tests/support/services/engines.ts";
import { startReached } from "./reached.ts";

/** The contract of relays, over an engine. */
export function keepRelay({ name, start }: Engine): void {
  describe(`over ${name}`, () => keepsPromises(start));
  describe(`over ${name} and a bad network`, () => survivesNetworks((port) => startReached(name, port)));
}
