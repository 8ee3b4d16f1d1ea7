import { describe } from "vitest";
import { startBareBroker } from "./bare-service.ts";
import { keepsPromises } from "./contract.ts";
import { survivesNetworks } from "./networks.ts";

describe("over our own broker", () => keepsPromises(startBareBroker));
describe("over our own broker and a bad network", () => survivesNetworks(startBareBroker));
