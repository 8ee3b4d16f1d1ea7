import { existsSync } from "node:fs";
import { Server } from "node:http";
import { join } from "node:path";
import { Complaint } from "./complaint.ts";
import type { Config } from "./config.ts";
import type { Pages } from "./http.ts";

/** Opens what answers pages and the API. */
export type OpenPages = (config: Config, isDev: boolean) => Promise<Pages>;

/** Next, prepared to answer. */
export const openNext: OpenPages = async (config, isDev) => {
  if (!isDev && !existsSync(join(config.root, ".next", "BUILD_ID"))) {
    throw new Complaint("The pages are not built yet: npm start builds them, and npm run build does nothing else.");
  }
  // Read by Next and next-auth as they load, so they load after these are set.
  Object.assign(process.env, { NODE_ENV: isDev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
  const { default: next } = await import("next");
  // Next's own upgrade handler does nothing; what works is the listener it adds, at the first request, to the server it is given. On this one
  // nothing else happens, so what Next does not know cannot be left hanging.
  const upgrades = new Server();
  const app = next({
    dev: isDev,
    dir: config.root,
    hostname: config.host,
    port: config.port,
    httpServer: upgrades,
  });
  await app.prepare();
  return {
    request: app.getRequestHandler(),
    async upgrade(request, socket, head) {
      // In production nothing of Next waits for one, but its listener is there all the same, and would leave it hanging.
      if (!isDev || !upgrades.emit("upgrade", request, socket, head)) socket.destroy();
    },
  };
};
