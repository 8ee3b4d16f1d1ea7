import { Refusal } from "#lib/chat/refusal.ts";
import type { Frame } from "#server/stomp/frame.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";
import { acknowledging } from "./acknowledge.ts";
import type { Session } from "./session.ts";
import { subscribe } from "./subscribe.ts";
import { transact } from "./transact.ts";

/** What a connected client may say apart from a SEND of its own. Resolves when it is done and answered; throws what the session has to refuse. */
export async function obey<Identity>(session: Session<Identity>, frame: Frame): Promise<void> {
  switch (frame.command) {
    case "SUBSCRIBE":
      return subscribe(session, frame);
    case "UNSUBSCRIBE":
      unsubscribe(session, frame);
      break;
    case "ACK":
    case "NACK":
      settle(session, frame);
      break;
    case "SEND":
    case "BEGIN":
    case "COMMIT":
    case "ABORT":
      transact(session, frame);
      break;
    case "DISCONNECT":
      session.receipt(frame);
      return session.end(1000);
    default:
      throw new ProtocolError("malformed", "The command is not one a client sends here");
  }
  session.receipt(frame);
}

function unsubscribe<Identity>(session: Session<Identity>, frame: Frame): void {
  const subscription = session.subscriptions.named(frame);
  if (subscription) session.unsubscribe(subscription);
}

function settle<Identity>(session: Session<Identity>, frame: Frame): void {
  if (!session.endpoint.policy.transactional) throw new Refusal("unsupported");
  if (frame.command === "NACK" && session.version === "1.0")
    throw new ProtocolError("malformed", "STOMP 1.0 has no NACK");
  if (frame.headers.has("transaction")) transact(session, frame);
  else acknowledging(session, frame)();
}
