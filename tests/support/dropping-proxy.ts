import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { freePort } from "./free-port.ts";

/** Stands between a client and a server on this machine, and can do what networks do. */
export interface DroppingProxy {
  readonly port: number;
  /** Connections that clients have made so far. */
  readonly made: number;
  /** Connections of clients that are open. */
  readonly open: number;
  /** From now on every byte vanishes, in both directions and for ever on the connections there are; nobody is told. New ones are accepted and answered nothing. */
  drop(): void;
  /** From now on nothing is read from clients: what they send fills their buffers. */
  stall(): void;
  /** New connections pass again, and stalled ones go on. Those whose bytes have vanished stay as they are. */
  resume(): void;
  /** Cuts all connections and listens no more. */
  close(): Promise<void>;
}

interface Pair {
  client: Socket;
  server: Socket;
  isDropped: boolean;
  isStalled: boolean;
}

export interface DroppingOptions {
  /** A free one otherwise. */
  port?: number;
  /** Clients speak TLS to it; it speaks plainly to the server. */
  tls?: TlsOptions;
}

export async function openDroppingProxy(targetPort: number, options: DroppingOptions = {}): Promise<DroppingProxy> {
  const { port = await freePort(), tls } = options;
  const pairs = new Set<Pair>();
  let made = 0;
  let mode: "pass" | "drop" | "stall" = "pass";
  const accept = (client: Socket) => {
    made += 1;
    const server = connect(targetPort, "127.0.0.1");
    const pair = { client, server, isDropped: mode === "drop", isStalled: mode === "stall" };
    pairs.add(pair);
    join(pair, () => pairs.delete(pair));
  };
  const listener = tls ? createTlsServer(tls, accept) : createServer(accept);
  // A client that does not trust us, or is not trusted.
  listener.on("tlsClientError", () => {});
  listener.listen(port, "127.0.0.1");
  await once(listener, "listening");
  return {
    port,
    get made() {
      return made;
    },
    get open() {
      return pairs.size;
    },
    drop() {
      mode = "drop";
      for (const pair of pairs) pair.isDropped = true;
    },
    stall() {
      mode = "stall";
      for (const pair of pairs) {
        pair.isStalled = true;
        pair.client.pause();
      }
    },
    resume() {
      mode = "pass";
      for (const pair of pairs) {
        pair.isStalled = false;
        pair.client.resume();
      }
    },
    async close() {
      const closed = once(listener, "close");
      listener.close();
      for (const { client, server } of pairs) for (const socket of [client, server]) socket.destroy();
      await closed;
    },
  };
}

function join(pair: Pair, gone: () => void): void {
  const { client, server } = pair;
  if (pair.isStalled) queueMicrotask(() => client.pause());
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    from.on("data", (bytes) => {
      if (!pair.isDropped && !to.write(bytes)) from.pause();
    });
    to.on("drain", () => {
      if (from === server || !pair.isStalled) from.resume();
    });
    from.on("error", () => {});
    from.on("close", () => {
      if (from === client) gone();
      // Whoever is cut off by a dropping network is not told that the other has left.
      if (!pair.isDropped || from === client) to.destroy();
    });
  }
}
