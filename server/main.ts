import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { invitingOrigin, ownOrigins } from "./address.ts";
import { createActors } from "./auth/actor.ts";
import { cookieNames } from "./auth/cookies.ts";
import { newSecret, readSecret } from "./auth/secret.ts";
import { startIndexing } from "./chat/indexing.ts";
import { onceASecond } from "./chat/once-a-second.ts";
import { type ChatOptions, type LiveChat, openChat } from "./chat/open-chat.ts";
import { startPurging } from "./chat/purging.ts";
import { Complaint } from "./complaint.ts";
import { type Config, complained, database, loadEnvFile, prepareDataDir, readConfig } from "./config.ts";
import { createDoor } from "./door.ts";
import { type Gateway, openGateway } from "./gateway/gateway.ts";
import { greeting } from "./greeting.ts";
import { watchHealth } from "./health.ts";
import { createHttp, type Pages } from "./http.ts";
import { closeServer, listen } from "./listen.ts";
import { createLog, type Log } from "./log.ts";
import { createMeanwhile } from "./meanwhile.ts";
import { measured } from "./measured-store.ts";
import { createMetrics } from "./metrics.ts";
import { type OpenPages, openNext } from "./next.ts";
import { patiently } from "./patiently.ts";
import { openRelay } from "./relay/open-relay.ts";
import { type OpenRelay, openRelaying, type Relaying } from "./relaying.ts";
import { register } from "./runtime.ts";
import { ownFolder } from "./store/own-folder.ts";
import { shareDatabase } from "./store/postgres/server-lock.ts";
import { openStore, type Store } from "./store/store.ts";

interface ServeOptions {
  isDev?: boolean;
  /** What answers pages and the API; Next, unless a test says otherwise. */
  openPages?: OpenPages;
  /** What carries hints to other servers; the relay that BROKER_URL names, unless a test says otherwise. */
  openBetween?: OpenRelay;
}

/** Milliseconds that live connections, and then requests under way, have to end. */
const DRAIN = 5_000;
const LAST_ANSWERS = 3_000;
/** Milliseconds that the database has to say goodbye: one that fell silent never does, and whatever has its RECEIPT is on the disk. */
const GOODBYE = 4_000;
/** A service manager signals all of a service's processes, and `npm start` passes on what it gets: one request arrives twice. Later, it is impatience. */
const SAME_REQUEST = 1_000;

/** The server, from settings to listening. Ends the process with one sentence when it cannot start. */
export async function serve({
  isDev = false,
  openPages = openNext,
  openBetween = openRelay,
}: ServeOptions = {}): Promise<void> {
  try {
    loadEnvFile();
    const config = readConfig(process.env);
    const log = createLog(config.logLevel);
    process.once("uncaughtException", (error) => endOnDefect(log, error));
    const stopping = new AbortController();
    const opened = open({ config, log, openPages, openBetween, isDev }, stopping.signal);
    // At once: it answers before everything else is done, and a signal then must not cut it off.
    endOnSignal(log, async () => {
      stopping.abort();
      return (await opened)();
    });
    await opened;
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

interface Opening extends Required<ServeOptions> {
  config: Config;
  log: Log;
}

/** Opens everything, each after what it depends on, and listens last. Resolves with what closes it again. */
async function open(
  { config, log, openPages, openBetween, isDev }: Opening,
  signal: AbortSignal,
): Promise<() => Promise<void>> {
  const pagesToCome = begin(openPages, config, isDev);
  const { store: opened, secret, letGo } = await openDatabase(config, log, signal);
  const watched = watchHealth({ config, store: opened, log });
  const { store, writes } = measured(watched.store);
  const relaying =
    config.brokerUrl && (await complained(Promise.try(openRelaying, config.brokerUrl, log, openBetween)));
  let gateway: Gateway | undefined;
  const chat: ChatOptions = {
    store,
    ...{ between: relaying?.relay, node: relaying?.node },
    publish: (topic, publication) => gateway?.publish(topic, publication),
    review: async (concerned) => gateway?.review(concerned),
    sendAway: () => gateway?.sendAway(),
    failed: sparingly((err) => log.error({ err }, "Live connections could not be served from the database")),
  };
  const live = await patiently(() => openChat(chat), signal);
  relaying?.serve(live);
  const cookies = cookieNames(config.origin);
  const actors = createActors(live.chat, secret, cookies);
  gateway = openGateway({
    policy: live.policy(actors.authenticate),
    limits: config.limits,
    origins: () => ownOrigins(config),
    log,
    name: `Sarangbang/${config.version}`,
  });
  const door = createDoor({ config, chat: live.chat, actors, secret, cookies, log });
  register(door.runtime);
  const pages = await pagesToCome;
  const metrics = createMetrics({
    ...{ config, version: config.version, actors, chat: live.chat, gateway, store, writes },
    ...{ relay: relaying?.relay, nodes: () => live.counts().nodes + 1 },
  });
  const health = () => watched.health(relaying);
  const server = createHttp({ config, pages, gateway, health, metrics, log });
  await listen(server, config.host, config.port);
  const { claimed } = await patiently(live.chat.place.read, signal);
  process.stdout.write(greeting(config, claimed, door.setupCode));
  await store
    .write("announceOrigin", { origin: invitingOrigin(config) })
    .catch((err) => log.warn({ err }, "The command line could not be told where this server is"));
  const stopTidying = tidy(store, log);
  return closing({ server, gateway, live, relaying, stopTidying, store, letGo });
}

/** What is done beside everything else. Returns how to stop it. */
function tidy(store: Store, log: Log): () => Promise<void> {
  const stopPurging = startPurging({ store, failed: (err) => log.error({ err }, "Old rows could not be taken away") });
  const stopIndexing = startIndexing({
    store,
    failed: sparingly((err) => log.error({ err }, "Messages could not be made searchable")),
  });
  return async () => {
    await Promise.all([stopPurging(), stopIndexing()]);
  };
}

/**
 * Next takes a second of this thread to load, and the database's threads start meanwhile. Why it cannot is told when it is awaited: that the database
 * cannot be opened comes first.
 */
function begin(openPages: OpenPages, config: Config, isDev: boolean): Promise<Pages> {
  // next-auth reads it as it loads, and again with every request.
  process.env.NEXTAUTH_URL = config.origin;
  const opening = openPages(config, isDev);
  opening.catch(() => {});
  return opening;
}

/** Every look at a database that is away ends in the same words: once a minute is enough. */
function sparingly(tell: (error: unknown) => void): (error: unknown) => void {
  const seldom = onceASecond<unknown>((_words, error) => tell(error), { pause: 60_000 });
  return (error) => seldom(String(error), error);
}

interface Opened {
  server: Server;
  gateway: Gateway;
  live: LiveChat;
  relaying: Relaying | undefined;
  stopTidying(): Promise<void>;
  store: Store;
  letGo(): void | Promise<void>;
}

function closing({ server, gateway, live, relaying, stopTidying, store, letGo }: Opened): () => Promise<void> {
  return async () => {
    // No new connections first, then the live ones end, then the last answers go out, then the others hear of it, then the database has seen everything.
    const closed = closeServer(server, LAST_ANSWERS + DRAIN);
    await gateway.shutdown(DRAIN);
    await closed;
    live.close();
    await relaying?.relay.close();
    const goodbye = stopTidying().then(store.close).then(letGo);
    await Promise.race([goodbye, sleep(GOODBYE)]);
  };
}

/** SQLite's folder is this server's alone; PostgreSQL is shared, and so is the secret in it. */
async function openDatabase(config: Config, log: Log, signal: AbortSignal) {
  const { databaseUrl: url } = config;
  if (url) {
    let told = "";
    const meanwhile = createMeanwhile(config);
    const waiting = (reason: string) => {
      if (reason !== told) log.warn(`${reason} Waiting for it.`);
      told = reason;
      // That the port is taken is said by the server itself.
      meanwhile.open().catch(() => {});
    };
    const opening = async () => {
      const store = await openStore({ ...database(config), waiting, signal });
      return { store, letGo: await shareDatabase(url, { waiting, signal }) };
    };
    const { store, letGo } = await complained(opening()).finally(meanwhile.close);
    return {
      store,
      secret: config.authSecret ?? (await patiently(() => store.write("keepSecret", { secret: newSecret() }), signal)),
      letGo,
    };
  }
  await prepareDataDir(config.dataDir);
  const letGo = await complained(Promise.try(ownFolder, config.dataDir));
  const secret = config.authSecret ?? (await complained(readSecret(config.dataDir)));
  return { store: await complained(openStore(database(config))), secret, letGo };
}

function endOnSignal(log: Log, close: () => Promise<void>): void {
  let asked: number | undefined;
  const end = (signal: string) => {
    if (asked !== undefined) {
      if (performance.now() - asked > SAME_REQUEST) process.exit(1);
      return;
    }
    asked = performance.now();
    log.info({ signal }, "Stopping");
    close().then(
      () => process.exit(0),
      (err) => endOnDefect(log, err),
    );
  };
  // Listeners that stay: after a `once`, a second signal of the same instant would find none and kill.
  process.on("SIGINT", end).on("SIGTERM", end);
}

/** Nothing can be trusted after a defect: it is logged once, and whoever supervises starts anew. */
function endOnDefect(log: Log, err: unknown): void {
  log.fatal({ err }, "A defect ended the server");
  process.exit(1);
}

if (import.meta.main) await serve({ isDev: process.argv.includes("--dev") });
