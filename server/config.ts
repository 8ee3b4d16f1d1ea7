import { constants, existsSync, readFileSync } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Complaint } from "./complaint.ts";
import { isLoopbackHost } from "./loopback.ts";
import { type Network, SETTINGS, type Setting } from "./settings.ts";

const ROOT = resolve(import.meta.dirname, "..");
const PROVIDERS = ["github", "google", "kakao", "naver"] as const;
export type ProviderId = (typeof PROVIDERS)[number];

/** What the operator decided, parsed once. Bytes and milliseconds. */
export interface Config {
  version: string;
  root: string;
  host: string;
  port: number;
  /** Without a slash at the end. */
  origin: string;
  /** ORIGIN was set: then it is the only address besides this machine's own names. */
  hasOwnOrigin: boolean;
  /** HOST is this machine alone. */
  isLoopback: boolean;
  dataDir: string;
  /** undefined: SQLite in the data folder. */
  databaseUrl: string | undefined;
  /** undefined: this server is alone on its database. */
  brokerUrl: URL | undefined;
  /** undefined: the one in the data folder, or in PostgreSQL. */
  authSecret: string | undefined;
  logLevel: string;
  trustedProxies: Network[];
  limits: Limits;
  providers: { id: ProviderId; clientId: string; clientSecret: string }[];
}

type Limits = ReturnType<typeof limitsFrom>;

/** Reads `.env` of the project's folder, if there is one; what is already set in the environment wins. */
export function loadEnvFile(path = join(ROOT, ".env")): void {
  if (!existsSync(path)) return;
  try {
    process.loadEnvFile(path);
  } catch (cause) {
    throw new Complaint(`The settings file ${path} cannot be read: ${(cause as Error).message}.`, { cause });
  }
}

/** The environment as one typed object. Throws Complaint, naming variable, value and what is expected. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const values = new Map(SETTINGS.map((setting) => [setting.name, parse(setting, env[setting.name])]));
  const text = (name: string) => values.get(name) as string | undefined;
  const number = (name: string) => values.get(name) as number;
  const host = text("HOST") as string;
  return {
    version: JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version,
    root: ROOT,
    host,
    port: number("PORT"),
    origin: text("ORIGIN") ?? `http://localhost:${number("PORT")}`,
    hasOwnOrigin: text("ORIGIN") !== undefined,
    isLoopback: isLoopbackHost(host),
    dataDir: resolve(ROOT, text("DATA_DIR") as string),
    databaseUrl: text("DATABASE_URL"),
    brokerUrl: brokerFrom(values),
    authSecret: text("AUTH_SECRET"),
    logLevel: text("LOG_LEVEL") as string,
    trustedProxies: (values.get("TRUSTED_PROXIES") as Network[] | undefined) ?? [],
    limits: limitsFrom(number),
    providers: PROVIDERS.flatMap((id) => providerFrom(id, text)),
  };
}

function brokerFrom(values: ReadonlyMap<string, unknown>): URL | undefined {
  const url = values.get("BROKER_URL") as URL | undefined;
  if (url && values.get("DATABASE_URL") === undefined)
    throw new Complaint(
      "BROKER_URL is set but DATABASE_URL is not: several servers cannot share SQLite; set DATABASE_URL to a PostgreSQL that they share, or leave BROKER_URL empty.",
    );
  return url;
}

function parse(setting: Setting, given: string | undefined): unknown {
  const value = given?.trim() || setting.default;
  if (value === "") return undefined;
  const parsed = setting.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Complaint(`${setting.name} is ${shown(setting, value)}; it must be ${setting.expected}.`);
}

// An address may carry a password, so only its scheme is repeated.
function shown(setting: Setting, value: string): string {
  if (setting.secret) return "set, but not usable";
  const scheme = /^[a-z0-9+.-]+:\/\//i.exec(value)?.[0];
  return JSON.stringify(value.includes("@") && scheme ? `${scheme}…` : value);
}

function limitsFrom(number: (name: string) => number) {
  return {
    maxFrameBytes: number("MAX_FRAME_BYTES"),
    maxFrameBytesBeforeConnect: number("MAX_FRAME_BYTES_BEFORE_CONNECT"),
    maxHeaders: number("MAX_HEADERS"),
    maxHeaderBytes: number("MAX_HEADER_BYTES"),
    maxSubscriptions: number("MAX_SUBSCRIPTIONS"),
    maxConnectionsPerUser: number("MAX_CONNECTIONS_PER_USER"),
    maxConnectionsPerAddress: number("MAX_CONNECTIONS_PER_ADDRESS"),
    sendRate: number("SEND_RATE"),
    sendBurst: number("SEND_BURST"),
    subscribeRate: number("SUBSCRIBE_RATE"),
    subscribeBurst: number("SUBSCRIBE_BURST"),
    writes: { rate: number("WRITE_RATE"), burst: number("WRITE_BURST") },
    reads: { rate: number("READ_RATE"), burst: number("READ_BURST") },
    connectTimeout: number("CONNECT_TIMEOUT"),
    ephemeralHighWater: number("EPHEMERAL_HIGH_WATER"),
    closeHighWater: number("CLOSE_HIGH_WATER"),
    stallTimeout: number("STALL_TIMEOUT"),
    heartBeat: { send: number("HEART_BEAT_SEND"), receive: number("HEART_BEAT_RECEIVE") },
  };
}

function providerFrom(id: ProviderId, text: (name: string) => string | undefined): Config["providers"] {
  const names = [`${id.toUpperCase()}_CLIENT_ID`, `${id.toUpperCase()}_CLIENT_SECRET`] as const;
  const [clientId, clientSecret] = names.map(text);
  if (clientId && clientSecret) return [{ id, clientId, clientSecret }];
  if (!clientId && !clientSecret) return [];
  const [present, missing] = clientId ? names : names.toReversed();
  throw new Complaint(`${present} is set but ${missing} is not; set both or neither.`);
}

/** Makes the data folder, for its owner alone, unless it is there. Complains when it cannot be written to. */
export async function prepareDataDir(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir);
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const reason = REASONS[(cause as NodeJS.ErrnoException).code ?? ""] ?? (cause as Error).message;
    throw new Complaint(`The data folder ${dataDir} cannot be used: ${reason}. Choose another with DATA_DIR.`, {
      cause,
    });
  }
}

// Step by step: Node's recursive mkdir never returns where a folder cannot be made and its parent exists, as in /proc.
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && (await stat(path)).isDirectory()) return;
    if (code !== "ENOENT" || existsSync(dirname(path))) throw error;
    await makeFolder(dirname(path));
    await mkdir(path, { mode: 0o700 });
  }
}

const REASONS: Record<string, string> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the file system is read-only",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "there is a file of that name",
  ENOSPC: "the disk is full",
  ENOENT: "it cannot be made there",
};

/** The SQLite file. */
export function databaseFile({ dataDir }: Pick<Config, "dataDir">): string {
  return join(dataDir, "sarangbang.db");
}

/** The database as the store is to open it. */
export function database(config: Pick<Config, "dataDir" | "databaseUrl">): { file: string } | { url: string } {
  return config.databaseUrl === undefined ? { file: databaseFile(config) } : { url: config.databaseUrl };
}

/** What goes wrong with the data folder's files is told by their own sentence. */
export function complained<T>(opened: Promise<T>): Promise<T> {
  return opened.catch((cause: Error) => {
    throw new Complaint(cause.message.endsWith(".") ? cause.message : `${cause.message}.`, { cause });
  });
}
