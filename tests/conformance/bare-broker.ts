import { afterAll, beforeAll, test } from "vitest";
import { type BareBroker, type BrokerOptions, openBareBroker } from "#server/broker-main.ts";
import { freePort } from "#tests/support/free-port.ts";
import { type Carrier, type Opening, open, type RawPeer } from "./raw-peer.ts";
import { RULES, type RuleId } from "./rules.ts";

const CARRIERS: readonly Carrier[] = ["websocket", "tcp"];
export type Version = "1.0" | "1.1" | "1.2";

/** What a rule's test is handed. */
export interface Trial {
  carrier: Carrier;
  /** The one of `versions` that this is about; 1.2 where they are not named. */
  version: Version;
  /** Opens a connection and says nothing. */
  open(options?: Opening): Promise<RawPeer>;
  /** A peer that has CONNECTED in this version, else in the trial's; `headers` are further lines of CONNECT, each with its line end. */
  connect(version?: Version, headers?: string, options?: Opening): Promise<RawPeer>;
}

interface Where {
  /** Both by default. */
  on?: readonly Carrier[];
  /** A test for each. */
  versions?: readonly Version[];
  /** Tells two tests of one rule apart. */
  about?: string;
}

let broker: BareBroker;
const peers: RawPeer[] = [];

/** Starts one bare broker for the tests of a file or of a `describe`, its options as usual or as given; call it at the top. */
export function withBareBroker(departing: Partial<BrokerOptions> = {}): void {
  beforeAll(async () => {
    broker = await openBareBroker({
      host: "127.0.0.1",
      wsPort: await freePort(),
      wsPath: "/ws",
      tcpPort: await freePort(),
      passcode: { login: "guest", passcode: "guest" },
      maxFrameBytes: 4 * 1024 * 1024,
      log: { error: (details) => console.error(details), debug() {} },
      ...departing,
    });
  });
  afterAll(async () => {
    for (const peer of peers.splice(0)) peer.cut();
    await broker.close();
  });
}

/** One rule of the list, as a test on each carrier and in each version it speaks of. Its title begins with its number. */
export function rule(id: RuleId, check: (trial: Trial) => Promise<void>, where: Where = {}): void {
  const { on = CARRIERS, versions, about } = where;
  for (const carrier of on)
    for (const version of versions ?? [undefined]) {
      const particulars = [carrier, version, about].filter((word) => word !== undefined);
      test(`${id} ${RULES[id].claim} (${particulars.join(", ")})`, () => check(openTrial(carrier, version ?? "1.2")));
    }
}

function openTrial(carrier: Carrier, ofTrial: Version): Trial {
  const openOne: Trial["open"] = async (options) => {
    const [ws = "", tcp = ""] = broker.addresses;
    const peer = await open(carrier, { websocket: ws, tcp: Number(tcp.split(":").at(-1)) }, options);
    peers.push(peer);
    return peer;
  };
  return {
    carrier,
    version: ofTrial,
    open: openOne,
    async connect(version = ofTrial, headers = "", options = {}) {
      const peer = await openOne(options);
      const accept = version === "1.0" ? "" : `accept-version:${version}\nhost:localhost\n`;
      peer.send(`CONNECT\n${accept}login:guest\npasscode:guest\n${headers}\n`);
      const answer = await peer.next();
      if (answer.command !== "CONNECTED") throw new Error(`${answer.command} ${JSON.stringify(answer.headers)}`);
      return peer;
    },
  };
}
