import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { invitingOrigin } from "./address.ts";
import { type Config, databaseFile } from "./config.ts";
import { type DatabaseState, databaseLatency, unfitnessOf, within } from "./database-latency.ts";
import type { Health } from "./http.ts";
import type { Relaying } from "./relaying.ts";
import type { Unfit } from "./store/outcome.ts";
import type { Store } from "./store/store.ts";

interface HealthOptions {
  config: Config;
  store: Store;
  log: { warn(details: object, message: string): void; info(message: string): void };
  now?(): number;
}

export interface Watched {
  /** The same store; what becomes of its writes is watched. */
  store: Store;
  /** As `GET /up` answers. */
  health(relaying: Relaying | undefined): Promise<Health>;
}

/** Milliseconds in which no write may have failed before the database counts as well again: of several connections some may write, and others not. */
const SETTLED = 5_000;
/** Milliseconds that a write may take before it is not waited for any longer. */
const PATIENCE = 2_000;

const WORDS: Record<Unfit, string> = {
  "read-only": "The database takes no writes",
  full: "The disk of the database is full",
  crowded: "The database has no connection left",
};

/**
 * How the database is: asked when somebody asks, and remembered of what it was asked to write, because a full disk shows in nothing else. While it takes no
 * writes each question is one, so that it is noticed when that is over. The log has it once when it begins and once when it ends.
 */
export function watchHealth({ config, store, log, now = () => performance.now() }: HealthOptions): Watched {
  let unfit: Unfit | undefined;
  let since = Number.NEGATIVE_INFINITY;

  function observe(found: Unfit | undefined): void {
    if (found) since = now();
    else if (unfit === undefined || now() - since < SETTLED) return;
    if (found && unfit === undefined)
      log.warn({ database: found }, `${WORDS[found]}: what people write is answered busy`);
    if (!found) log.info("The database takes writes again");
    unfit = found;
  }

  const write: Store["write"] = (name, ...input) => {
    const answer = store.write(name, ...input);
    answer.then(
      () => observe(undefined),
      (error) => {
        const found = unfitnessOf(error);
        if (found) observe(found);
      },
    );
    return answer;
  };

  async function stateOf(): Promise<DatabaseState> {
    const { state } = await databaseLatency(store);
    const found = state === "ok" && (await isClosed(config)) ? "read-only" : state;
    if (found === "unavailable") return found;
    if (found !== "ok") observe(found);
    else if (unfit)
      await within(
        PATIENCE,
        write("announceOrigin", { origin: invitingOrigin(config) }).catch(() => {}),
        undefined,
      );
    return unfit ?? "ok";
  }

  return {
    store: { ...store, write },
    async health(relaying) {
      const database = await stateOf();
      const carries = relaying?.relay.state === "up" ? "ok" : "unavailable";
      const status = database === "ok" ? "healthy" : "unhealthy";
      return { status, version: config.version, database, broker: relaying ? carries : "none" };
    },
  };
}

/** SQLite reads a file that it may not write without a word. */
async function isClosed(config: Config): Promise<boolean> {
  if (config.databaseUrl) return false;
  return await access(databaseFile(config), constants.W_OK).then(
    () => false,
    ({ code }) => /^(EROFS|EACCES|EPERM)$/.test(code),
  );
}
