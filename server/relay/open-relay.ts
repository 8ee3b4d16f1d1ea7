import { amqpEngine } from "./amqp.ts";
import type { Engine, EngineTimes } from "./engine.ts";
import { kafkaEngine } from "./kafka.ts";
import type { Relay, RelayOptions } from "./relay.ts";
import { openRelayOver, type RelayTuning, USUAL } from "./relay-over.ts";
import { stompEngine } from "./stomp.ts";

/** The relay that the URL names; `url` comes from `brokerUrl`. Connects by itself, now and whenever it has to. Throws when the URL names a file that cannot be read. */
export function openRelay(options: RelayOptions, tuning: Partial<RelayTuning> = {}): Relay {
  const tuned = { ...USUAL, ...tuning };
  return openRelayOver(engineOf(options.url, tuned), options, tuned);
}

function engineOf(url: URL, times: EngineTimes): Engine {
  switch (url.protocol) {
    case "amqp:":
    case "amqps:":
      return amqpEngine(url, times);
    case "stomp:":
    case "stomps:":
      return stompEngine(url, times);
    case "kafka:":
    case "kafkas:":
      return kafkaEngine(url, times);
    default:
      throw new Error(`There is no relay for ${url.protocol}//.`);
  }
}
