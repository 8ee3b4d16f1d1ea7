import { createServer, type Server } from "node:http";
import type { Config } from "./config.ts";
import type { Health } from "./http.ts";
import { closeServer, listen } from "./listen.ts";

/** Answers on the server's port until the server itself can. */
export interface Meanwhile {
  /** However often it is asked. Complains when the port cannot be had. */
  open(): Promise<void>;
  /** The port is free again. */
  close(): Promise<void>;
}

const RETRY_AFTER = "5";
/** Milliseconds. */
const LAST_ANSWERS = 500;

/** For a server whose database has still to come: `GET /up` says so, and everybody else is asked to come back. */
export function createMeanwhile({ host, port, version, brokerUrl }: Config): Meanwhile {
  let opened: { server: Server; listening: Promise<void> } | undefined;

  function begin() {
    const health: Health = {
      ...{ status: "unhealthy", version, database: "unavailable" },
      broker: brokerUrl ? "unavailable" : "none",
    };
    const server = createServer(({ url }, response) => {
      const isUp = url?.split("?", 1)[0] === "/up";
      response.writeHead(503, {
        "content-type": isUp ? "application/json" : "text/plain; charset=utf-8",
        ...{ "cache-control": "no-store", "retry-after": RETRY_AFTER, connection: "close" },
      });
      response.end(isUp ? JSON.stringify(health) : "The server waits for its database.\n");
    });
    return { server, listening: listen(server, host, port) };
  }

  return {
    async open() {
      opened ??= begin();
      await opened.listening;
    },
    async close() {
      await opened?.listening.then(
        () => opened && closeServer(opened.server, LAST_ANSWERS),
        () => {},
      );
    },
  };
}
