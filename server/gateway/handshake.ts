import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { RefusalCode } from "#lib/chat/refusal.ts";
import { refusals } from "#lib/i18n/en/refusals.ts";
import type { Credentials } from "./policy.ts";

const SUBPROTOCOLS = ["v12.stomp", "v11.stomp", "v10.stomp"];

/** The highest subprotocol that was offered, false to name none: a client that offers nothing is welcome all the same. */
export function chooseSubprotocol(offered: ReadonlySet<string>): string | false {
  return SUBPROTOCOLS.find((name) => offered.has(name)) ?? false;
}

/**
 * What an upgrade request shows of its sender, or undefined when it may not be believed: a browser adds cookies to requests of any page, so a cookie counts
 * only with an Origin of ours. A bearer token was put there on purpose and needs none; the cookie beside it is then ignored. Where there are no origins, only what
 * CONNECT says counts: a proxy may add an Authorization of its own.
 */
export function readCredentials(
  request: IncomingMessage,
  origins: (() => readonly string[]) | undefined,
): Credentials | undefined {
  if (!origins) return {};
  const authorization = /^Bearer(?: +(.*))?$/i.exec(request.headers.authorization ?? "");
  if (authorization) return { bearer: authorization[1]?.trim() ?? "" };
  const { cookie, origin } = request.headers;
  if (cookie === undefined) return {};
  return origin !== undefined && origins().includes(origin) ? { cookie } : undefined;
}

/** The one credential of a connection: what was written into a header on purpose goes before the cookie, which a browser adds by itself. */
export function chooseCredential(upgrade: Credentials, connect: ReadonlyMap<string, string>): Credentials {
  if (upgrade.bearer !== undefined) return { bearer: upgrade.bearer };
  const passcode = connect.get("passcode");
  return passcode ? { login: connect.get("login"), passcode } : { cookie: upgrade.cookie };
}

/** Answers an upgrade that does not happen. */
export function refuseUpgrade(socket: Duplex, status: string, code: RefusalCode, retryAfter?: number): void {
  const body = JSON.stringify({ code, message: refusals[code], ...(retryAfter === undefined ? {} : { retryAfter }) });
  const lines = [
    `HTTP/1.1 ${status}`,
    "Connection: close",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(retryAfter === undefined ? [] : [`Retry-After: ${retryAfter}`]),
  ];
  socket.on("error", () => socket.destroy());
  socket.once("finish", () => socket.destroy());
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
}
