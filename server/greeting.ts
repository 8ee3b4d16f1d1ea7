import { networkOrigins } from "./address.ts";
import type { Config } from "./config.ts";

/** What `npm start` says when it is ready: the address, and what to do next. */
export function greeting(config: Config, isClaimed: boolean, setupCode: string | undefined): string {
  const lines = [`Sarangbang ${config.version} is ready at ${config.origin}`];
  const others = config.hasOwnOrigin ? [] : networkOrigins(config);
  // Behind a balancer all servers have one address, and somebody starts several of them side by side.
  if (!config.origin.endsWith(`:${config.port}`)) lines.push(`It listens on ${config.host}, port ${config.port}.`);
  if (others.length > 0) lines.push(`On the local network: ${others.join("  ")}`);
  if (isClaimed) lines.push("Open it in a browser. Ctrl+C stops it.");
  else lines.push("Open it in a browser to name the place and make the first account.");
  if (!isClaimed && setupCode) lines.push(`The page asks for this code, once: ${setupCode}`);
  return `${lines.join("\n")}\n`;
}
