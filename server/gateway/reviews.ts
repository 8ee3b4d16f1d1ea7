import { Refusal } from "#lib/chat/refusal.ts";
import type { Subscription } from "#server/broker/subscription.ts";
import { asRefusal } from "./refused.ts";
import type { Session } from "./session.ts";

/** What becomes of one session when access changes (decision 0001). */
export class Reviews<Identity> {
  readonly #session: Session<Identity>;
  readonly #underWay = new Set<Promise<void>>();

  constructor(session: Session<Identity>) {
    this.#session = session;
  }

  /**
   * Holds what is concerned at once, all subscriptions without `topics`. Returns the question to the policy, to be asked when all sessions are held.
   */
  hold(topics?: ReadonlySet<string>): () => Promise<void> {
    const all = this.#session.subscriptions.all();
    const held = all.filter((subscription) => !topics || topics.has(subscription.topic));
    for (const subscription of held) subscription.hold();
    return () => {
      const reviewed = review(this.#session, held).finally(() => this.#underWay.delete(reviewed));
      this.#underWay.add(reviewed);
      return reviewed;
    };
  }

  /** Resolves when those under way have their verdict. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}

/** Asks the policy what remains of a session whose subscriptions are held, ends what does not, and releases the rest. */
async function review<Identity>(
  session: Session<Identity>,
  held: readonly Subscription<Session<Identity>>[],
): Promise<void> {
  const destinations = [...new Set(held.map((subscription) => subscription.destination))];
  try {
    const verdict = await session.endpoint.policy.review(session.view, destinations);
    if (verdict.close) return session.fail(new Refusal(verdict.close), { close: 4401 });
    // Only what was held: a subscription made since has read its access after the change.
    for (const subscription of held) {
      const end = verdict.end.find(({ destination }) => destination === subscription.destination);
      if (end) session.endSubscription(subscription, end.code);
    }
  } catch (error) {
    // Whoever cannot be looked at may not stay.
    session.fail(asRefusal(error, session.endpoint.log, session.id));
  } finally {
    for (const subscription of held) session.endpoint.broker.release(subscription);
  }
}
