import { describe } from "vitest";
import { keepsPromises } from "#tests/relay/contract.ts";
import { survivesNetworks } from "#tests/relay/networks.ts";
import { ENGINES } from "#tests/support/services/engines.ts";
import { startReached } from "./reached.ts";

for (const { name, start } of ENGINES) {
  describe(`over ${name}`, () => keepsPromises(start));
  describe(`over ${name} and a bad network`, () => survivesNetworks((port) => startReached(name, port)));
}
