import { afterAll, afterEach, beforeAll } from "vitest";
import { type BareBroker, openBareBroker } from "#server/broker-main.ts";
import { freePort } from "#tests/support/free-port.ts";
import type { Address, Client, Connected } from "./client.ts";

const HOST = "127.0.0.1";
const MiB = 1024 * 1024;

/** A bare broker for the tests of a file, and what connects to it; call it at the top. */
export function withBareBroker({ heartBeat = 10_000 } = {}) {
  const open = new Set<Connected>();
  let broker: BareBroker;
  let address: Address;
  beforeAll(async () => {
    const [wsPort, tcpPort] = [await freePort(), await freePort()];
    const passcode = { login: "guest", passcode: "a passcode" };
    const log = { error: (details: object) => console.error(details), debug() {} };
    const limits = { heartBeat: { send: heartBeat, receive: heartBeat } };
    const ports = { host: HOST, wsPort, wsPath: "/ws", tcpPort };
    broker = await openBareBroker({ ...ports, passcode, maxFrameBytes: 4 * MiB, limits, log });
    const url = `ws://${HOST}:${wsPort}/ws`;
    address = { url, host: HOST, port: tcpPort, ...passcode, heartBeat: 0 };
  });
  afterEach(() => {
    for (const connected of open) connected.end();
    open.clear();
  });
  afterAll(() => broker?.close());
  return {
    async connect(client: Client, wishes: Partial<Address> = {}): Promise<Connected> {
      const connected = await client.connect({ ...address, ...wishes });
      open.add(connected);
      return connected;
    },
    connections: () => broker.gateway.stats().connections,
    address: () => address,
  };
}
