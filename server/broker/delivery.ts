import type { Message } from "#server/stomp/serializer.ts";

/** One publication on its way to the subscriptions of a topic. */
export interface Delivery {
  readonly message: Message;
  /** Place in the topic's order; a subscription drops what its replay has covered. */
  readonly position?: number;
  /** May be dropped when somebody reads too slowly. */
  readonly ephemeral?: boolean;
  /** While they wait, ephemeral deliveries of one key replace each other. */
  readonly coalesceKey?: string;
}
