import type { Reached } from "#tests/relay/networks.ts";
import { freePort } from "#tests/support/free-port.ts";
import { startActivemq } from "#tests/support/services/activemq.ts";
import type { Engine } from "#tests/support/services/engines.ts";
import { startKafka } from "#tests/support/services/kafka.ts";
import { startRabbitmq } from "#tests/support/services/rabbitmq.ts";
import type { Service } from "#tests/support/services/service.ts";

/** Starts an engine so that it can be reached by way of a proxy on the given port. */
export async function startReached(name: Engine["name"], proxyPort: number): Promise<Reached> {
  if (name === "rabbitmq") return reached(await startRabbitmq());
  if (name === "activemq") return reached(await startActivemq());
  // Kafka tells its clients where to find it, so it has to know the proxy.
  const [port, login, password] = [await freePort(), "sarangbang", "a-password"];
  const service = await startKafka({ proxied: { port, advertised: proxyPort, login, password } });
  return reached(service, port, `kafka://${login}:${password}@127.0.0.1:${port}/sarangbang`);
}

function reached(service: Service, target?: number, address = service.url): Reached {
  const port = target ?? Number(new URL(address).port);
  return {
    url: service.url,
    get pid() {
      return service.pid;
    },
    kill: () => service.kill(),
    start: () => service.start(),
    stop: () => service.stop(),
    target: port,
    through: (proxy) => address.replace(`:${port}`, `:${proxy}`),
    withPassword: (url, password) => url.replace(/:[^:@/]+@/, `:${encodeURIComponent(password)}@`),
  };
}
