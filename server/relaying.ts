import { randomUUID } from "node:crypto";
import type { LiveChat } from "./chat/open-chat.ts";
import type { Log } from "./log.ts";
import type { Relay, RelayOptions, RelayState } from "./relay/relay.ts";

export type OpenRelay = (options: RelayOptions) => Relay;

/** What carries hints between this server and the others on its database. */
export interface Relaying {
  relay: Relay;
  /** This server among them: another one with every start. */
  node: string;
  /** Whose hints these are, once it is open. */
  serve(live: Pick<LiveChat, "heard" | "returned">): void;
}

/** Opens the relay that BROKER_URL names, and logs each change of its state once. A broker that is away holds nothing up. Throws as the relay does when it is opened. */
export function openRelaying(url: URL, log: Log, open: OpenRelay): Relaying {
  const node = randomUUID();
  let live: Pick<LiveChat, "heard" | "returned"> | undefined;

  function changed(state: RelayState, reason?: string): void {
    if (state === "up") {
      log.info("The relay between servers is connected");
      live?.returned();
    } else if (state === "down") {
      log.warn(
        { reason },
        "The relay between servers is away: what others say comes from the database, within seconds",
      );
    }
  }

  const relay = open({ url, node, heard: (_key, hint) => live?.heard(hint), changed });
  return {
    relay,
    node,
    serve(given) {
      live = given;
    },
  };
}
