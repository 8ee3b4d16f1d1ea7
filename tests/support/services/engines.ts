import { startActivemq } from "./activemq.ts";
import { missingServices } from "./installed.ts";
import type { JavaOptions } from "./java.ts";
import { startKafka } from "./kafka.ts";
import { startRabbitmq } from "./rabbitmq.ts";
import type { Service } from "./service.ts";

export interface Engine {
  name: "rabbitmq" | "activemq" | "kafka";
  start(options?: JavaOptions): Promise<Service>;
}

/** What relays between nodes. CI proves all of them; elsewhere what is not installed is left out, and `npm test` says so. */
export const ENGINES: readonly Engine[] = present([
  { name: "rabbitmq", start: () => startRabbitmq() },
  { name: "activemq", start: startActivemq },
  { name: "kafka", start: startKafka },
]);

function present(engines: Engine[]): Engine[] {
  const missing = process.env.CI ? [] : missingServices().map(({ name }) => name);
  return engines.filter(({ name }) => !missing.includes(name));
}
