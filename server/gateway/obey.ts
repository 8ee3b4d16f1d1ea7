import { Refusal } from "#lib/chat/refusal.ts";
import type { Frame } from "#server/stomp/frame.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";
import type { Session } from "./session.ts";
import { subscribe } from "./subscribe.ts";

/** What a connected client may say apart from SEND. Resolves when it is done and answered; throws what the session has to refuse. */
export async function obey<Identity>(session: Session<Identity>, frame: Frame): Promise<void> {
  switch (frame.command) {
    case "SUBSCRIBE":
      return subscribe(session, frame);
    case "UNSUBSCRIBE":
      return unsubscribe(session, frame);
    case "DISCONNECT":
      session.receipt(frame);
      return session.end(1000);
    case "ACK":
    case "NACK":
    case "BEGIN":
    case "COMMIT":
    case "ABORT":
      // Subscriptions are all ack:auto, and each message is a transaction of the store: neither word could keep what it promises.
      throw new Refusal("unsupported");
    default:
      throw new ProtocolError("malformed", "The command is not one a client sends here");
  }
}

function unsubscribe<Identity>(session: Session<Identity>, frame: Frame): void {
  const subscription = session.subscriptions.named(frame);
  if (subscription) session.unsubscribe(subscription);
  session.receipt(frame);
}
