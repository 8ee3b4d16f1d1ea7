import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { createBrokerHttp } from "./broker-http.ts";
import { brokerWords } from "./broker-words.ts";
import { Complaint } from "./complaint.ts";
import { type Gateway, openGateway } from "./gateway/gateway.ts";
import type { GatewayLimits } from "./gateway/gateway-limits.ts";
import {
  openPermissivePolicy,
  type Passcode,
  type PermissiveOptions,
  type Publishing,
} from "./gateway/permissive-policy.ts";
import type { Log } from "./gateway/refused.ts";
import type { TimerWheel } from "./stomp/timer-wheel.ts";

export interface BrokerOptions {
  host: string;
  /** 0 chooses a free one. */
  wsPort: number;
  wsPath: string;
  /** Undefined: no TCP. */
  tcpPort: number | undefined;
  /** Undefined: whoever comes. */
  passcode: Passcode | undefined;
  /** Bytes of a whole frame. */
  maxFrameBytes: number;
  log: Log;
  /** Where a session's limits are not to be the usual ones. */
  limits?: Partial<GatewayLimits>;
  /** Where a queue's are not. */
  queues?: Partial<PermissiveOptions["queues"]>;
  /** Milliseconds for an HTTP request to arrive, where it is not 10 s. */
  patience?: number;
  /** What it calls itself in CONNECTED. */
  name?: string;
  wheel?: TimerWheel;
}

/** A running bare broker. */
export interface BareBroker {
  /** What it listens to: `ws://…`, and `stomp://…` over TCP. */
  addresses: string[];
  gateway: Gateway;
  /** Takes nothing new, tells those who are connected, and resolves when they are gone. What waits in queues is lost. */
  close(): Promise<void>;
}

const MiB = 1024 * 1024;
/** Milliseconds for clients to take their leave. */
const DRAIN = 5_000;
/** Milliseconds for the request that becomes a WebSocket to arrive. */
const PATIENCE = 10_000;

/** A STOMP broker and nothing else: topics and queues for whoever has the passcode, on WebSocket and on TCP. No chat, no database, no pages. */
export async function openBareBroker(options: BrokerOptions): Promise<BareBroker> {
  const gateway = createGateway(options);
  const { host, wsPort, wsPath, tcpPort, passcode, patience = PATIENCE } = options;
  const http = createBrokerHttp({ gateway, path: wsPath, isAnonymous: !passcode, patience });
  const tcp =
    tcpPort === undefined ? undefined : createTcpServer((socket) => gateway.accept(socket, socket.remoteAddress ?? ""));
  const close = async () => {
    const closed = [http, tcp].map((server) => server && new Promise((resolve) => server.close(resolve)));
    await gateway.shutdown(DRAIN);
    http.closeAllConnections();
    await Promise.all(closed);
  };
  try {
    await listen(http, host, wsPort, "--ws-port");
    if (tcp) await listen(tcp, host, tcpPort ?? 0, "--tcp-port");
  } catch (complaint) {
    // One of two would be no broker that anybody asked for.
    await close();
    throw complaint;
  }
  const addresses = [`ws://${hostAndPort(http)}${wsPath}`, ...(tcp ? [`stomp://${hostAndPort(tcp)}`] : [])];
  return { addresses, gateway, close };
}

function createGateway({ passcode, maxFrameBytes, log, name, wheel, ...departing }: BrokerOptions): Gateway {
  let gateway: Gateway;
  const publishing: Publishing = {
    publish: (topic, publication) => gateway.publish(topic, publication),
    hasRoom: (demands) => gateway.hasRoom(demands),
  };
  const limits = {
    maxUnacknowledged: 100_000,
    maxTransactions: 100,
    maxTransactionFrames: 10_000,
    maxTransactionBytes: Math.max(16 * MiB, 2 * maxFrameBytes),
  };
  const bytes = Math.max(256 * MiB, 2 * maxFrameBytes);
  const queues = { most: 100_000, messages: 100_000, bytes, totalBytes: 4 * bytes, ...departing.queues };
  const policy = openPermissivePolicy({ passcode, limits, queues, publishing });
  gateway = openGateway({
    policy,
    limits: { ...limitsFor(maxFrameBytes), ...departing.limits },
    log,
    words: brokerWords,
    name,
    wheel,
    newId: counter(),
  });
  return gateway;
}

/** As wide as may be without letting one client fill the memory. */
function limitsFor(maxFrameBytes: number): GatewayLimits {
  const unlimited = 1e9;
  return {
    maxFrameBytes,
    maxFrameBytesBeforeConnect: 8_192,
    maxHeaders: 100,
    maxHeaderBytes: 8_192,
    maxSubscriptions: 10_000,
    maxConnectionsPerUser: unlimited,
    maxConnectionsPerAddress: unlimited,
    sendRate: unlimited,
    sendBurst: unlimited,
    subscribeRate: unlimited,
    subscribeBurst: unlimited,
    connectTimeout: 10_000,
    ephemeralHighWater: 256 * 1024,
    closeHighWater: Math.max(16 * MiB, 4 * maxFrameBytes),
    // Somebody may work on a message for hours and read nothing meanwhile; what waits for it is bounded all the same.
    stallTimeout: Number.POSITIVE_INFINITY,
    heartBeat: { send: 10_000, receive: 10_000 },
  };
}

/** Ids of sessions and messages, unlike those of the broker's life before. */
function counter(): () => string {
  const life = Date.now().toString(36);
  let count = 0;
  return () => {
    count += 1;
    return `${life}-${count}`;
  };
}

async function listen(server: HttpServer | TcpServer, host: string, port: number, option: string): Promise<void> {
  try {
    server.listen({ host, port });
    await once(server, "listening");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const known = code === "EADDRINUSE" ? `Port ${port} is taken: choose another with ${option}.` : undefined;
    throw new Complaint(known ?? `The broker cannot listen: ${message}.`, { cause });
  }
}

function hostAndPort(server: HttpServer | TcpServer): string {
  const { address, family, port } = server.address() as AddressInfo;
  return family === "IPv6" ? `[${address}]:${port}` : `${address}:${port}`;
}
