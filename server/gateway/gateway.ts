import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Publication } from "./policy.ts";

/** Limits of one gateway (protocol.md, "Life signs, limits, pressure"). Bytes and milliseconds. */
export interface GatewayLimits {
  maxFrameBytes: number;
  maxFrameBytesBeforeConnect: number;
  maxHeaders: number;
  maxHeaderBytes: number;
  maxSubscriptions: number;
  maxConnectionsPerUser: number;
  maxConnectionsPerAddress: number;
  sendRate: number;
  sendBurst: number;
  connectTimeout: number;
  ephemeralHighWater: number;
  closeHighWater: number;
  stallTimeout: number;
  heartBeat: { send: number; receive: number };
}

/** The STOMP endpoint as main.ts holds it. */
export interface Gateway {
  /** Takes over an HTTP upgrade that was routed to the endpoint. `address` is the peer's, already freed of untrusted forwarding headers. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void;
  /** Hands a publication to every live subscription of a topic, encoded once. */
  publish(topic: string, publication: Publication): void;
  /**
   * Access changed for these users, or for everyone subscribed to these topics: their subscriptions are held at once (synchronously), the policy
   * reviews them, and they are released or ended. Nothing published after this call reaches whoever lost access. Without `topics` and `users`: everybody.
   */
  review(concerned: { users?: ReadonlySet<string>; topics?: ReadonlySet<string> }): Promise<void>;
  /** No new connections, ERROR `shutting-down` with a spread `retry-after`, WebSocket 1012; resolves when all sockets are closed or after `timeout` ms. */
  shutdown(timeout: number): Promise<void>;
  stats(): { connections: number; subscriptions: number };
}
