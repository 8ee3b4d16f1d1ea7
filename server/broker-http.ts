import { createServer, type IncomingMessage, type Server } from "node:http";
import { isIP } from "node:net";
import type { Gateway } from "./gateway/gateway.ts";
import { refuseUpgrade } from "./gateway/handshake.ts";
import { isLoopbackHost } from "./loopback.ts";

interface BrokerHttpOptions {
  gateway: Pick<Gateway, "upgrade">;
  /** Where WebSockets are opened. */
  path: string;
  /** Nobody is asked for a passcode. */
  isAnonymous: boolean;
  /** Milliseconds for a request to arrive. */
  patience: number;
}

/** How often it looks for requests that take too long (ms). */
const CHECK = 1_000;

/** The bare broker's HTTP server: WebSockets at one path, and nothing else. Not listening yet. */
export function createBrokerHttp({ gateway, path, isAnonymous, patience }: BrokerHttpOptions): Server {
  const timeouts = { headersTimeout: patience, requestTimeout: patience, connectionsCheckingInterval: CHECK };
  const server = createServer(timeouts, (request, response) => {
    if (pathOf(request) === path) response.writeHead(426, { connection: "close", upgrade: "websocket" }).end();
    else response.writeHead(404, { connection: "close" }).end();
  });
  server.on("upgrade", (request, socket, head) => {
    if (pathOf(request) !== path) refuseUpgrade(socket, "404 Not Found", "not-found");
    else if (isAnonymous && isFromElsewhere(request)) refuseUpgrade(socket, "403 Forbidden", "forbidden");
    else gateway.upgrade(request, socket, head, request.socket.remoteAddress ?? "");
  });
  return server;
}

/** Without the query; of an absolute address (`GET http://…`, as through a proxy), what stands behind the host. */
function pathOf({ url = "" }: IncomingMessage): string | undefined {
  if (!url.startsWith("/") && URL.canParse(url)) return new URL(url).pathname;
  return url.split("?", 1)[0];
}

/**
 * Whether a page of another site asks: a browser would let any of them talk to a broker on its own machine, and names the page's origin. A page that came
 * from the very address it asks is at home there; of a name that says nothing, because its owner decides what it points to (DNS rebinding).
 */
function isFromElsewhere({ headers: { origin, host = "" } }: IncomingMessage): boolean {
  if (origin === undefined) return false;
  const page = hostnameOf(origin);
  if (page === undefined) return true;
  const isAtHome = isIP(page) > 0 && page === hostnameOf(`http://${host}`);
  return !isLoopbackHost(page) && !isAtHome;
}

function hostnameOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).hostname.replace(/^\[|\]$/g, "") : undefined;
}
