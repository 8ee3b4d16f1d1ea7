import type { RefusalNotice } from "#lib/chat/inbox.ts";
import type { RefusalCode } from "#lib/chat/refusal.ts";
import { isRefusal, Refusal } from "#lib/chat/refusal.ts";
import { refusals } from "#lib/i18n/en/refusals.ts";
import type { Encoded, Frame } from "#server/stomp/frame.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";
import { encodeFrame, Message } from "#server/stomp/serializer.ts";
import type { Version } from "#server/stomp/version.ts";

/** Just enough of pino. */
export interface Log {
  error(details: object, message: string): void;
  debug(details: object, message: string): void;
}

/** The sentence for a refusal. */
export type Words = (refusal: Refusal) => string;

/** As the chat says it. */
export const chatWords: Words = ({ code }) => refusals[code];

/** The WebSocket code that goes with ERROR. Both kinds of "sign in again" are 4401 (protocol.md, "Revocation"). */
export function closeCode(code: RefusalCode): number {
  return CLOSE_CODES[code] ?? 1008;
}

/** Any failure as the Refusal that the client is told. What nobody expected is logged and becomes `busy`. */
export function asRefusal(error: unknown, log: Log, session: string): Refusal {
  if (isRefusal(error)) return error;
  if (error instanceof ProtocolError) return new Refusal(error.fault);
  log.error({ err: error, session }, "A frame could not be processed.");
  return new Refusal("busy", { retryAfter: 5 });
}

/** The ERROR frame, after which the connection closes. `receipt` is that of the frame at fault. */
export function errorFrame(
  version: Version,
  error: Refusal | ProtocolError,
  words: Words,
  receipt: string | undefined,
): Encoded {
  const isProtocol = error instanceof ProtocolError;
  const code = isProtocol ? error.fault : error.code;
  const message = isProtocol ? error.message : words(error);
  const headers: Record<string, string> = { code, message, "content-type": "text/plain" };
  if (receipt !== undefined) headers["receipt-id"] = receipt;
  if (isProtocol) Object.assign(headers, error.headers);
  else {
    if (error.field !== undefined) headers.field = error.field;
    if (error.retryAfter !== undefined) headers["retry-after"] = String(error.retryAfter);
  }
  return encodeFrame(version, "ERROR", headers, `${message}\n`);
}

/** The MESSAGE on the refusals queue that takes the place of ERROR, so that one refused SEND or SUBSCRIBE does not end the connection. */
export function refusalNotice(frame: Frame, refusal: Refusal, destination: string, messageId: string): Message {
  const receiptId = frame.headers.get("receipt");
  const clientId = frame.headers.get("client-id");
  const notice: RefusalNotice = {
    code: refusal.code,
    message: refusals[refusal.code],
    field: refusal.field,
    retryAfter: refusal.retryAfter,
    receiptId,
    clientId,
    subscription: frame.command === "SUBSCRIBE" ? frame.headers.get("id") : undefined,
  };
  const headers: Record<string, string> = { "message-id": messageId, destination, code: refusal.code };
  if (receiptId !== undefined) headers["receipt-id"] = receiptId;
  if (clientId !== undefined) headers["client-id"] = clientId;
  if (refusal.retryAfter !== undefined) headers["retry-after"] = String(refusal.retryAfter);
  headers["content-type"] = "application/json";
  return new Message(headers, JSON.stringify(notice));
}

const CLOSE_CODES: Partial<Record<RefusalCode, number>> = {
  unauthenticated: 4401,
  expired: 4401,
  malformed: 1002,
  unsupported: 1002,
  "too-long": 1009,
  "rate-limited": 1013,
  busy: 1013,
  "shutting-down": 1012,
};
