import { Server } from "node:http";
import type { Config } from "./config.ts";
import type { Pages } from "./http.ts";

/** Opens what answers pages and the API. */
export type OpenPages = (config: Config, isDev: boolean) => Promise<Pages>;

/** Next, prepared to answer. */
export const openNext: OpenPages = async (config, isDev) => {
  // Read by Next and next-auth as they load, so they load after these are set.
  Object.assign(process.env, { NODE_ENV: isDev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
  const { default: next } = await import("next");
  const app = next({
    dev: isDev,
    dir: config.root,
    hostname: config.host,
    port: config.port,
    // Next adds an upgrade listener of its own to the server it is given and leaves what it does not know hanging; on this one nothing happens.
    httpServer: new Server(),
  });
  await app.prepare();
  return { request: app.getRequestHandler(), upgrade: app.getUpgradeHandler() };
};
