import { Refusal } from "#lib/chat/refusal.ts";
import type { AckMode, Subscription } from "#server/broker/subscription.ts";
import type { Frame } from "#server/stomp/frame.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";
import type { Opening } from "./policy.ts";
import { encodeReplay } from "./publication.ts";
import type { Session } from "./session.ts";
import type { Acknowledging } from "./subscriptions.ts";
import { refuseUnkept } from "./unkept.ts";

/**
 * SUBSCRIBE: registers (what is published from now on waits), lets the policy read, sends the replay and the RECEIPT, and then what has waited, except what
 * the replay has covered. Registering before reading leaves no hole; the head read together with the rows leaves no duplicate.
 */
export async function subscribe<Identity>(session: Session<Identity>, frame: Frame): Promise<void> {
  const { policy, users } = session.endpoint;
  session.subscriptions.check(frame);
  const destination = frame.headers.get("destination");
  try {
    if (destination === undefined) throw new Refusal("malformed", { field: "destination" });
    refuseUnkept(frame.headers, destination);
    const acknowledging = readAcknowledging(session, frame);
    // Hearing of refusals costs nothing, and without it the first refusal would be the end.
    const retryAfter = destination === policy.refusals ? undefined : users.take(session.view.user, "subscribes");
    if (retryAfter !== undefined) throw new Refusal("rate-limited", { retryAfter });
    const topic = policy.topic(session.view.identity, destination);
    const subscription = session.subscriptions.add(frame, destination, topic, acknowledging);
    try {
      await open(session, subscription, frame);
    } catch (error) {
      session.subscriptions.remove(subscription);
      throw error;
    }
  } catch (error) {
    session.subscriptions.rememberEnded(frame.headers.get("id") ?? destination ?? "");
    throw error;
  }
}

const MODES = new Set<AckMode>(["auto", "client", "client-individual"]);

/** The `ack` header, and `prefetch-count` as RabbitMQ has it: 0 is no bound of the client's own. */
function readAcknowledging<Identity>(session: Session<Identity>, { headers }: Frame): Acknowledging {
  const mode = headers.get("ack") as AckMode | undefined;
  if (mode === undefined || mode === "auto") return {};
  if (!MODES.has(mode) || (mode === "client-individual" && session.version === "1.0"))
    throw new ProtocolError("malformed", "The ack header is auto, client or client-individual");
  // Whoever asks for what this endpoint does not keep must not believe to have it.
  if (!session.endpoint.policy.transactional) throw new Refusal("unsupported", { field: "ack" });
  const prefetch = headers.get("prefetch-count") ?? headers.get("activemq.prefetchSize");
  if (prefetch === undefined) return { ack: mode };
  if (!/^\d{1,9}$/.test(prefetch)) throw new ProtocolError("malformed", "The prefetch-count is a whole number");
  return { ack: mode, prefetch: Number(prefetch) || undefined };
}

async function open<Identity>(
  session: Session<Identity>,
  subscription: Subscription<Session<Identity>>,
  frame: Frame,
): Promise<void> {
  const { policy } = session.endpoint;
  const { destination } = subscription;
  const opening = await policy.subscribe(session.view, { destination, headers: frame.headers });
  await mayGoOn(session, subscription);
  await replay(session, subscription, opening);
  if (session.over) return;
  session.receipt(frame, opening.receipt);
  if (opening.head !== undefined) subscription.coverUpTo(opening.head);
  session.subscriptions.goLive(subscription);
}

async function replay<Identity>(
  session: Session<Identity>,
  subscription: Subscription<Session<Identity>>,
  opening: Opening,
): Promise<void> {
  for (const publication of opening.replay) {
    if (session.wire.crowded || subscription.holds > 1) await mayGoOn(session, subscription);
    if (session.over) return;
    session.wire.write(encodeReplay(publication, session.endpoint.newId, session.version, subscription.id));
  }
}

/** Waits for room and for reviews. Throws when access was lost meanwhile: what has been read may not be sent any more. */
async function mayGoOn<Identity>(
  session: Session<Identity>,
  subscription: Subscription<Session<Identity>>,
): Promise<void> {
  while (!session.over && (session.wire.crowded || subscription.holds > 1)) {
    await session.wire.room();
    await session.reviews.settled();
  }
  const reason = session.subscriptions.reason(subscription);
  if (reason) throw new Refusal(reason);
}
