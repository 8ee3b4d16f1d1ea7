import type { IncomingMessage } from "node:http";
import type { Counter, Metric, Registry } from "prom-client";
import { isDirectLoopback, isLoopbackOrigin } from "./address.ts";
import type { Actors } from "./auth/actor.ts";
import type { Chat } from "./chat/chat.ts";
import type { Config } from "./config.ts";
import { type Figure, figuresOf, type Measured } from "./figures.ts";

/** What Prometheus reads. */
export interface Metrics {
  contentType: string;
  text: string;
}

interface MetricsDependencies extends Measured {
  config: Pick<Config, "origin">;
  actors: Pick<Actors, "fromHeaders">;
  chat: Chat;
}

/**
 * What `GET /metrics` answers: to an admin (by session, or by a token with the scope `admin`) and to this machine itself (decision 9). Undefined for
 * everybody else, who are not to know that there is anything. The client of Prometheus is loaded, and begins to watch the event loop, when it is first asked.
 */
export function createMetrics(deps: MetricsDependencies): (request: IncomingMessage) => Promise<Metrics | undefined> {
  let opened: Promise<Registry> | undefined;
  return async (request) => {
    if (!(await mayRead(deps, request))) return undefined;
    opened ??= openRegistry(figuresOf(deps));
    const registry = await opened;
    return { contentType: registry.contentType, text: await registry.metrics() };
  };
}

async function mayRead({ config, actors, chat }: MetricsDependencies, request: IncomingMessage): Promise<boolean> {
  if (isLoopbackOrigin(config.origin) && isDirectLoopback(request)) return true;
  const { cookie = "", authorization } = request.headers;
  const actor = await actors.fromHeaders(new Headers(authorization === undefined ? { cookie } : { authorization }));
  return actor !== undefined && (await chat.place.isLedBy(actor));
}

async function openRegistry(figures: Figure[]): Promise<Registry> {
  const { collectDefaultMetrics, Registry } = (await import("prom-client")).default;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addWhatWasUsed(registry);
  for (const figure of figures) registry.registerMetric(asMetric(figure));
  return registry;
}

/** The library counts processor time from its own beginning, which is the first look at the metrics. */
function addWhatWasUsed(registry: Registry): void {
  const { user, system } = process.cpuUsage();
  const used = { user, system, "": user + system };
  for (const [kind, micros] of Object.entries(used)) {
    const name = ["process_cpu", kind, "seconds_total"].filter(Boolean).join("_");
    (registry.getSingleMetric(name) as Counter | undefined)?.inc(micros / 1e6);
  }
}

/** A metric of prom-client's counts by itself; what is counted elsewhere needs no more of it than this. */
function asMetric({ values, ...figure }: Figure): Metric {
  return {
    ...figure,
    aggregator: "sum",
    get: async () => ({ ...figure, values: await values() }),
  } as unknown as Metric;
}
