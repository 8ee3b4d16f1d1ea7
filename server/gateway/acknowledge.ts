import type { Subscription } from "#server/broker/subscription.ts";
import type { Frame } from "#server/stomp/frame.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";
import type { Session } from "./session.ts";

/**
 * ACK and NACK: looks at what they name, and returns what does it, which cannot fail any more. A NACK puts a queue's message back for another consumer,
 * unless it says `requeue:false`, as RabbitMQ has it.
 */
export function acknowledging<Identity>(
  session: Session<Identity>,
  frame: Frame,
  strictness?: "all or nothing",
): () => void {
  const { subscription, messageId } = named(session, frame);
  // It was unsubscribed while this was under way: its messages are others' already, and a transaction that counts on them cannot be kept.
  if (!subscription && !strictness) return () => {};
  if (!subscription?.unacknowledged?.has(messageId))
    throw new ProtocolError("malformed", "No message of this id waits to be acknowledged");
  const isDone = frame.command === "ACK" || frame.headers.get("requeue") === "false";
  return () => session.endpoint.broker.settle(subscription, messageId, isDone);
}

interface Named<Identity> {
  subscription: Subscription<Session<Identity>> | undefined;
  messageId: string;
}

/** 1.2 names the MESSAGE's `ack` header; 1.1 message-id and subscription; 1.0 message-id alone. */
function named<Identity>(session: Session<Identity>, frame: Frame): Named<Identity> {
  const { subscriptions, version } = session;
  if (version === "1.2") {
    const [, number, messageId = ""] = /^(\d{1,9})\.(.*)$/s.exec(header(frame, "id")) ?? [];
    return { subscription: subscriptions.numbered(Number(number)), messageId };
  }
  const messageId = header(frame, "message-id");
  const id = version === "1.1" ? header(frame, "subscription") : frame.headers.get("subscription");
  const subscription =
    id === undefined
      ? subscriptions.all().find(({ unacknowledged }) => unacknowledged?.has(messageId))
      : subscriptions.byId(id);
  if (!subscription) throw new ProtocolError("malformed", "No message of this id waits to be acknowledged");
  return { subscription, messageId };
}

function header(frame: Frame, name: string): string {
  const value = frame.headers.get(name);
  if (value === undefined) throw new ProtocolError("malformed", `The ${name} header is missing`);
  return value;
}
