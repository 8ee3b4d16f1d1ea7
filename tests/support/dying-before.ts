import { openRelay } from "#server/relay/open-relay.ts";
import type { Relay, RelayOptions } from "#server/relay/relay.ts";

/** A relay of a server that dies between the COMMIT of a message with these words and its hint (F7): as by SIGKILL, before the RECEIPT. */
export function dyingBefore(words: string): (options: RelayOptions) => Relay {
  return (options) => {
    const relay = openRelay(options);
    return {
      publish(key, hint) {
        if (hint.includes(words)) process.kill(process.pid, "SIGKILL");
        else relay.publish(key, hint);
      },
      heed: (key) => relay.heed(key),
      ignore: (key) => relay.ignore(key),
      get state() {
        return relay.state;
      },
      counts: () => relay.counts(),
      close: () => relay.close(),
    };
  };
}
