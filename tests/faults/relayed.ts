import type { TestServer } from "#tests/support/server.ts";
import { until } from "#tests/support/until.ts";

/** Waits until these nodes hear each other. */
export async function relayed(nodes: readonly TestServer[], patience = 20_000): Promise<void> {
  for (const { origin } of nodes) await until("the relay to be up", () => isRelayed(origin), patience);
}

async function isRelayed(origin: string): Promise<boolean> {
  const { broker } = (await (await fetch(`${origin}/up`)).json()) as { broker: string };
  return broker === "ok";
}

/** The address of a service as it is behind a proxy. */
export function behind(url: string, port: number): string {
  const moved = new URL(url);
  moved.port = String(port);
  return moved.href;
}
