import { freePort } from "#tests/support/free-port.ts";
import { missingServices } from "#tests/support/services/installed.ts";
import { startRabbitmq } from "#tests/support/services/rabbitmq.ts";
import type { Service } from "#tests/support/services/service.ts";
import { until } from "#tests/support/until.ts";
import type { Contender } from "./contender.ts";

const UP_WITHIN = 120_000;

/** RabbitMQ with its Web STOMP plugin, as a node of its own with its data in a temporary folder. */
export const rabbitmq: Contender = {
  name: "rabbitmq",
  title: "RabbitMQ Web STOMP",
  missing: () => missingServices().find(({ name }) => name === "rabbitmq")?.sentence,
  async start({ rooms }) {
    const port = await freePort();
    const service = await startRabbitmq({ plugins: ["rabbitmq_web_stomp"], configuration: webStomp(port) });
    await listens(service, port);
    const names = Array.from({ length: rooms }, (_, n) => `room.${n}`);
    const subscribe = ["/topic/%room", "/topic/%room.activity", "/topic/own.%n"];
    const who = { host: "/", login: "guest", passcode: "guest" };
    const words = { subscribe, send: "/topic/%room", ...who };
    return {
      pid: service.pid,
      target: { port, path: "/ws", dialect: "stomp", rooms: names, ...words },
      stop: service.stop,
    };
  },
};

/** Web STOMP starts STOMP's own listener, too, which nobody asks and everybody could reach. */
const webStomp = (port: number) => [
  `web_stomp.tcp.port = ${port}`,
  "web_stomp.tcp.ip = 127.0.0.1",
  "stomp.listeners.tcp = none",
];

async function listens(service: Service, port: number): Promise<void> {
  const answers = () => fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
  try {
    await until("Web STOMP to listen", answers, UP_WITHIN);
  } catch (error) {
    await service.stop();
    throw error;
  }
}
