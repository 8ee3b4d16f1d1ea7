import { tlsOf } from "./broker-url.ts";
import type { Engine } from "./engine.ts";
import type { Relay, RelayOptions } from "./relay.ts";
import { openRelayOver, type RelayTuning, USUAL } from "./relay-over.ts";
import { stompEngine } from "./stomp.ts";

/** The relay that the URL names; `url` comes from `brokerUrl`. Connects by itself, now and whenever it has to. Throws when the URL names a file that cannot be read. */
export function openRelay(options: RelayOptions, tuning: Partial<RelayTuning> = {}): Relay {
  const tuned = { ...USUAL, ...tuning };
  const { url } = options;
  // For what it throws: a relay that can never come up must not wait for it.
  tlsOf(url);
  return openRelayOver(engineOf(url, tuned), options, tuned);
}

function engineOf(url: URL, tuned: RelayTuning): Engine {
  switch (url.protocol) {
    case "amqp:":
    case "amqps:":
      return loadedWhenUsed(async () => (await import("./amqp.ts")).amqpEngine(url, tuned));
    case "stomp:":
    case "stomps:":
      return stompEngine(url, tuned);
    case "kafka:":
    case "kafkas:":
      return loadedWhenUsed(async () => (await import("./kafka.ts")).kafkaEngine(url, tuned));
    default:
      throw new Error(`There is no relay for ${url.protocol}//.`);
  }
}

/** The clients of some engines are large (Kafka's takes a second of a core to load), and a server needs one at most. */
function loadedWhenUsed(load: () => Promise<Engine>): Engine {
  let loaded: Promise<Engine> | undefined;
  return {
    async connect(events, signal) {
      loaded ??= load();
      const engine = await loaded;
      signal.throwIfAborted();
      return await engine.connect(events, signal);
    },
  };
}
