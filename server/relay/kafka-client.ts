import { isIP } from "node:net";
import type { Base, BaseOptions, SASLOptions } from "@platformatic/kafka";
import { brokersOf, credentialsOf, tlsOf } from "./broker-url.ts";
import type { EngineTimes } from "./engine.ts";

const PORT = 9092;

/** What all clients of the URL's brokers are made with. */
export function clientOptions(url: URL, times: EngineTimes): BaseOptions {
  const bootstrapBrokers = brokersOf(url, PORT);
  const tls = tlsOf(url);
  const credentials = credentialsOf(url);
  const mechanism = (url.searchParams.get("mechanism") ?? "PLAIN") as SASLOptions["mechanism"];
  return {
    clientId: "sarangbang",
    bootstrapBrokers,
    connectTimeout: times.connect,
    requestTimeout: 2 * times.heartBeat,
    // Whoever leads a partition says so when it no longer does.
    metadataMaxAge: 10 * 60 * 1_000,
    // Trying again is the relay's, and the same for all engines.
    retries: 0,
    ...(tls && { tls: tls.ca ? { ca: tls.ca } : {}, tlsServerName: bootstrapBrokers.every(({ host }) => !isIP(host)) }),
    ...(credentials && { sasl: { mechanism, username: credentials.login, password: credentials.password } }),
  };
}

/** Ends a client at once: a connection that is half open would wait for ever for its last bytes to leave. */
export function destroyClient(client: Pick<Base, "connections" | "close">): void {
  for (const [, { socket }] of client.connections) socket?.destroy();
  client.close().catch(() => {});
}
