import type { BrokerOptions } from "#server/broker/broker.ts";
import type { Policy } from "./policy.ts";

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
  subscribeRate: number;
  subscribeBurst: number;
  connectTimeout: number;
  ephemeralHighWater: number;
  closeHighWater: number;
  /** Without progress of a peer that does not take what waits for it; infinite: it may take its time. */
  stallTimeout: number;
  heartBeat: { send: number; receive: number };
}

/** As the parser takes them: less before somebody is known. */
export function parserLimits({ maxFrameBytes, maxFrameBytesBeforeConnect, maxHeaders, maxHeaderBytes }: GatewayLimits) {
  return {
    beforeConnect: { maxFrameBytes: maxFrameBytesBeforeConnect, maxHeaders, maxHeaderBytes },
    afterConnect: { maxFrameBytes, maxHeaders, maxHeaderBytes },
  };
}

/** What a policy keeps for slow consumers. */
export function brokerOptions({ transactional }: Policy<unknown>, limits: GatewayLimits): BrokerOptions {
  const unacknowledged = transactional?.limits.maxUnacknowledged ?? 0;
  return { capacity: { bytes: limits.closeHighWater, unacknowledged }, queues: transactional?.queues };
}
