import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { ENDPOINT } from "#lib/chat/destinations.ts";
import { isRefusal } from "#lib/chat/refusal.ts";
import { refusals } from "#lib/i18n/en/refusals.ts";
import { clientAddress, isDirectLoopback, isOwnHost } from "./address.ts";
import { ADDRESS_HEADER, DIRECT_HEADER } from "./auth/visitor.ts";
import type { Config } from "./config.ts";
import type { DatabaseState } from "./database-latency.ts";
import type { Metrics } from "./metrics.ts";
import { makeReadable } from "./readable-request.ts";

/** Whatever answers pages and the API: Next. */
export interface Pages {
  request(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

export interface HttpDependencies {
  config: Config;
  pages: Pages;
  gateway: { upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void };
  health(): Promise<Health>;
  /** Undefined for whoever is not to know of them. */
  metrics(request: IncomingMessage): Promise<Metrics | undefined>;
  log: { error(details: object, message: string): void };
}

/** The answer of `GET /up`, with 503 when unhealthy. */
export interface Health {
  status: "healthy" | "unhealthy";
  version: string;
  /** Away, or there and of no use: only to be read, without room on its disk, without a connection left. */
  database: DatabaseState;
  /** A broker that is away makes no server unhealthy: everything arrives, only later. */
  broker: "none" | "ok" | "unavailable";
}

/** Milliseconds; a client that sends its headers byte by byte is cut off within 10 s (F14): it is looked for once a second. */
const HEADERS_TIMEOUT = 9_000;
const HEADERS_LOOK = 1_000;
const REQUEST_TIMEOUT = 60_000;
/** The largest body is a room with its topic; this is generous. */
const MOST_BYTES = 64 * 1024;
/** Next answers 500 to methods it has no word for, and takes a POST to a page for a server action, of which there are none. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const PAGE_METHODS = ["GET", "HEAD"];
/** Whoever asks for somebody else has no business with the next request either. */
const CLOSE = { connection: "close" };

/** The one HTTP server: its own health, the STOMP endpoint, and Next for the rest. Not listening yet. */
export function createHttp(deps: HttpDependencies): Server {
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT,
    requestTimeout: REQUEST_TIMEOUT,
    connectionsCheckingInterval: HEADERS_LOOK,
  });
  server.on("request", (request, response) => {
    answer(deps, request, response).catch((error) => fail(deps, request, response, error));
  });
  server.on("upgrade", (request, socket, head) => {
    // A peer that goes away in the middle is everyday.
    socket.on("error", () => socket.destroy());
    upgrade(deps, request, socket, head).catch((error) => {
      deps.log.error({ err: error, path: pathOf(request) }, "An upgrade failed");
      socket.destroy();
    });
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else
      refuse(
        socket,
        error.code === "HPE_HEADER_OVERFLOW" ? 431 : error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400,
      );
  });
  return server;
}

async function answer(deps: HttpDependencies, request: IncomingMessage, response: ServerResponse): Promise<void> {
  setHeaders(deps.config, response);
  if (!request.url?.startsWith("/")) return end(response, 400, CLOSE);
  if (!isOwnHost(deps.config, request.headers.host)) return end(response, 421, CLOSE);
  const tooMuch = unbounded(request);
  if (tooMuch) return endTooLong(response, tooMuch);
  const allowed = methodsOf(pathOf(request));
  if (!allowed.includes(request.method ?? "")) return end(response, 405, { allow: allowed.join(", "), ...CLOSE });
  if (pathOf(request) === "/up") return up(deps, response);
  if (pathOf(request) === ENDPOINT) return end(response, 426, { upgrade: "websocket" });
  const metrics = pathOf(request) === "/metrics" ? await deps.metrics(request) : undefined;
  if (metrics) return endMetrics(response, metrics);
  makeReadable(request);
  describeVisitor(deps.config, request);
  return deps.pages.request(request, response);
}

/** Where the database could not be asked who this is (`busy`), another try may succeed; anything else is a defect. */
function fail(deps: HttpDependencies, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const isBusy = isRefusal(error) && error.code === "busy";
  if (!isBusy) deps.log.error({ err: error, path: pathOf(request) }, "A request failed");
  if (response.headersSent) response.destroy();
  else if (isBusy) end(response, 503, { "retry-after": `${error.retryAfter ?? 1}` });
  else end(response, 500);
}

/**
 * With which status to refuse a body that could be of any length; undefined when it is short. Next and next-auth take whatever comes into memory before they
 * ask who sends it. A length that is told is kept by Node's parser.
 */
function unbounded({ headers }: IncomingMessage): 400 | 411 | undefined {
  if (headers["transfer-encoding"] !== undefined) return 411;
  return Number(headers["content-length"] ?? 0) > MOST_BYTES ? 400 : undefined;
}

async function upgrade(deps: HttpDependencies, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  // An absolute address (`GET http://…`) asks for a proxy, which this is not (A9).
  if (!request.url?.startsWith("/")) return refuse(socket, 400);
  if (!isOwnHost(deps.config, request.headers.host)) return refuse(socket, 421);
  const path = pathOf(request);
  if (path === ENDPOINT) {
    return deps.gateway.upgrade(request, socket, head, clientAddress(request, deps.config.trustedProxies));
  }
  if (path.startsWith("/_next/")) return deps.pages.upgrade(request, socket, head);
  socket.destroy();
}

async function up(deps: HttpDependencies, response: ServerResponse): Promise<void> {
  const health = await deps.health();
  response.writeHead(health.status === "healthy" ? 200 : 503, {
    "content-type": "application/json",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(health));
}

function endMetrics(response: ServerResponse, { contentType, text }: Metrics): void {
  response.writeHead(200, { "content-type": contentType, "cache-control": "no-store" });
  response.end(text);
}

/** What route handlers may know of the connection; a client's own words under these names are overwritten. */
function describeVisitor(config: Config, request: IncomingMessage): void {
  const isDirect = isDirectLoopback(request);
  request.headers[ADDRESS_HEADER] = clientAddress(request, config.trustedProxies);
  request.headers[DIRECT_HEADER] = isDirect ? "yes" : "no";
  // Next and next-auth would believe these of anybody.
  for (const name of Object.keys(request.headers)) if (name.startsWith("x-forwarded-")) delete request.headers[name];
}

function setHeaders(config: Config, response: ServerResponse): void {
  response.setHeader("x-content-type-options", "nosniff");
  // Invite links are secrets; to our own pages the referrer may go, elsewhere nothing does.
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  if (config.origin.startsWith("https://")) response.setHeader("strict-transport-security", "max-age=31536000");
}

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers });
  response.end(`${STATUS_CODES[status]}\n`);
}

function endTooLong(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify({ code: "too-long", message: refusals["too-long"] }));
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

// What begins with an underscore is Next's own, for developers.
const methodsOf = (path: string) => (/^\/(api\/|_)/.test(path) ? METHODS : PAGE_METHODS);
const pathOf = (request: IncomingMessage) => (request.url ?? "").split("?", 1)[0] as string;
