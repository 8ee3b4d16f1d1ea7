import type { Broker } from "#server/broker/broker.ts";
import type { Subscriber } from "#server/broker/subscription.ts";
import type { ParserLimits } from "#server/stomp/parser.ts";
import type { TimerWheel } from "#server/stomp/timer-wheel.ts";
import type { Clock } from "./clock.ts";
import type { GatewayLimits } from "./gateway-limits.ts";
import type { Policy } from "./policy.ts";
import type { Log, Words } from "./refused.ts";
import type { Users } from "./users.ts";
import type { WireContext } from "./wire-context.ts";

/** What all sessions of one gateway share. */
export interface Endpoint<Identity, Session extends Subscriber> extends WireContext {
  readonly policy: Policy<Identity>;
  readonly limits: GatewayLimits;
  readonly broker: Broker<Session>;
  readonly users: Users<Session>;
  readonly wheel: TimerWheel;
  readonly clock: Clock;
  readonly log: Log;
  /** What ERROR says of a refusal. */
  readonly words: Words;
  /** What the parser allows before somebody is known, and afterwards. */
  readonly parserLimits: { beforeConnect: ParserLimits; afterConnect: ParserLimits };
  /** The `server` header of CONNECTED. */
  readonly name: string;
  /** Unique within the process: session ids, and message ids where the policy gives none. */
  readonly newId: () => string;
  /** How many reviews have begun so far. */
  reviews: number;
}
