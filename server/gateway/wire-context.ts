import type { TimerWheel } from "#server/stomp/timer-wheel.ts";
import type { Counts } from "./counts.ts";
import type { GatewayLimits } from "./gateway-limits.ts";
import type { Turn } from "./turn.ts";

/** What all wires of a gateway share. */
export interface WireContext {
  readonly limits: Pick<GatewayLimits, "ephemeralHighWater" | "closeHighWater" | "stallTimeout">;
  readonly wheel: TimerWheel;
  readonly turn: Turn;
  readonly counts: Counts;
}
