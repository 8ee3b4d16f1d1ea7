import { isLoopbackOrigin, networkOrigins, ownOrigins } from "./address.ts";
import type { Actors } from "./auth/actor.ts";
import type { CookieNames } from "./auth/cookies.ts";
import { PROVIDER_NAMES } from "./auth/oauth.ts";
import { authOptions } from "./auth/options.ts";
import { isSameOrigin } from "./auth/same-origin.ts";
import { isSetupCode, setupCodeOf } from "./auth/setup-code.ts";
import { isDirect } from "./auth/visitor.ts";
import { createBudgets } from "./budgets.ts";
import type { Chat } from "./chat/chat.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import type { Runtime } from "./runtime.ts";

interface DoorDependencies {
  config: Config;
  chat: Chat;
  actors: Actors;
  secret: string;
  cookies: CookieNames;
  log: Log;
}

/** What pages and route handlers get of the server, and the first run's code when one is needed. */
export function createDoor({ config, chat, actors, secret, cookies, log }: DoorDependencies): {
  runtime: Runtime;
  setupCode: string | undefined;
} {
  const isPrivate = config.isLoopback && isLoopbackOrigin(config.origin);
  const setupCode = isPrivate ? undefined : setupCodeOf(secret);
  const origins = () => ownOrigins(config);
  const auth = { chat, secret, cookies, providers: config.providers, ownOrigins: origins, log };
  return {
    setupCode,
    runtime: {
      chat,
      auth: {
        options: (headers) => authOptions(auth, headers),
        actor: actors.fromHeaders,
        sameOrigin: (headers) => isSameOrigin(headers, origins()),
        setupCodeNeeded: setupCode !== undefined,
        checkSetupCode(headers, code) {
          if (setupCode !== undefined) return isSetupCode(setupCode, code);
          if (isDirect(headers)) return true;
          log.warn(
            "The first run came through a proxy: set ORIGIN to the address people use, and start again to get its code.",
          );
          return false;
        },
      },
      count: createBudgets(config.limits),
      config: {
        version: config.version,
        origin: config.origin,
        get addresses() {
          return [config.origin, ...(config.hasOwnOrigin ? [] : networkOrigins(config))];
        },
        providers: config.providers.map(({ id }) => ({ id, name: PROVIDER_NAMES[id] })),
      },
      log,
    },
  };
}
