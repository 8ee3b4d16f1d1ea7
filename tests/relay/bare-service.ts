import { openBareBroker } from "#server/broker-main.ts";
import { freePort } from "#tests/support/free-port.ts";
import type { Reached } from "./networks.ts";

const PASSCODE = "별당 열쇠";

/** Our own bare broker in this process, as an engine for the relay that speaks STOMP. */
export async function startBareBroker(): Promise<Reached> {
  const tcpPort = await freePort();
  const open = async () =>
    openBareBroker({
      host: "127.0.0.1",
      wsPort: await freePort(),
      wsPath: "/ws",
      tcpPort,
      passcode: { login: "guest", passcode: PASSCODE },
      maxFrameBytes: 4 * 1024 * 1024,
      limits: { heartBeat: { send: 1_000, receive: 1_000 } },
      log: { error: (details) => console.error(details), debug() {} },
    });
  let broker = await open();
  const through = (port: number) => `stomp://guest:${encodeURIComponent(PASSCODE)}@127.0.0.1:${port}`;
  return {
    url: through(tcpPort),
    target: tcpPort,
    through,
    withPassword: (url, password) => url.replace(encodeURIComponent(PASSCODE), encodeURIComponent(password)),
    pid: process.pid,
    kill: () => broker.close(),
    start: async () => {
      broker = await open();
    },
    stop: () => broker.close(),
  };
}
