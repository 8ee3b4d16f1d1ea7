import { createServer, type Server } from "node:http";
import { type Gateway, openGateway } from "#server/gateway/gateway.ts";
import type { GatewayLimits } from "#server/gateway/gateway-limits.ts";
import { TimerWheel } from "#server/stomp/timer-wheel.ts";
import { freePort } from "#tests/support/free-port.ts";
import { Board } from "./board-policy.ts";

export const LIMITS: GatewayLimits = {
  maxFrameBytes: 65_536,
  maxFrameBytesBeforeConnect: 8_192,
  maxHeaders: 32,
  maxHeaderBytes: 1_024,
  maxSubscriptions: 100,
  maxConnectionsPerUser: 20,
  maxConnectionsPerAddress: 100,
  sendRate: 1_000,
  sendBurst: 1_000,
  subscribeRate: 1_000,
  subscribeBurst: 1_000,
  connectTimeout: 10_000,
  ephemeralHighWater: 262_144,
  closeHighWater: 1_048_576,
  stallTimeout: 10_000,
  heartBeat: { send: 15_000, receive: 30_000 },
};

export interface Endpoint {
  url: string;
  origin: string;
  /** Those that the endpoint takes for its own: `origin`, and what a test adds. */
  origins: string[];
  board: Board;
  gateway: Gateway;
  /** What the gateway logged as an error. */
  errors: object[];
  close(): Promise<void>;
}

/** A real server on a real port, under the notice board. */
export async function openEndpoint(limits: Partial<GatewayLimits> = {}): Promise<Endpoint> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const origins = [origin];
  const board = new Board();
  const errors: object[] = [];
  const gateway = openGateway({
    policy: board,
    limits: { ...LIMITS, ...limits },
    origins: () => origins,
    log: { error: (details) => errors.push(details), debug: () => {} },
    wheel: new TimerWheel(10),
  });
  board.publish = (topic, publication) => gateway.publish(topic, publication);
  const server = createServer();
  server.on("upgrade", (request, socket, head) =>
    gateway.upgrade(request, socket, head, String(request.headers["x-test-address"] ?? "127.0.0.1")),
  );
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const url = `ws://127.0.0.1:${port}/stomp`;
  return { url, origin, origins, board, gateway, errors, close: () => close(gateway, server) };
}

async function close(gateway: Gateway, server: Server): Promise<void> {
  await gateway.shutdown(1_000);
  await new Promise((resolve) => server.close(resolve));
}
