import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Long enough for a cold start of Next on two busy cores. */
const READY_WITHIN = 60_000;
const STOPPED_WITHIN = 15_000;

export interface TestServer {
  readonly origin: string;
  /** `ws://…/stomp` */
  readonly endpoint: string;
  readonly port: number;
  readonly dataDir: string;
  /** What openStore takes to open the same database beside it. */
  readonly database: { file: string } | { url: string };
  readonly pid: number;
  /** Everything the server has printed so far, restarts included. */
  output(): string;
  /** SIGKILL: as a power cut would. The data folder stays. */
  kill(): Promise<void>;
  /** Starts again on the same port and data, and waits until /up answers. */
  start(): Promise<void>;
  /** SIGTERM; resolves with the exit code (null when a signal ended it). The data folder stays. */
  terminate(): Promise<number | null>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
  /** Runs one `sarangbang` command on this server's data, and returns what it printed as JSON. */
  sarangbang<T = unknown>(args: string[], input?: string): Promise<T>;
}

/**
 * A real server: `node server/main.ts` on a port and in a data folder of its own. With `ui: false` it serves the API and STOMP
 * without Next (headless.ts), which needs no build and starts in an instant.
 */
export async function startServer(options: { ui?: boolean; env?: Record<string, string> } = {}): Promise<TestServer> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), "sarangbang-test-"));
  const env = environment({ PORT: String(port), DATA_DIR: dataDir, ...options.env });
  const args = [options.ui === false ? "tests/support/headless.ts" : "server/main.ts"];
  const origin = options.env?.ORIGIN ?? `http://localhost:${port}`;
  const printed: string[] = [];
  let child = launch(args, env, printed);

  const server: TestServer = {
    origin,
    endpoint: `ws://localhost:${port}/stomp`,
    port,
    dataDir,
    database: env.DATABASE_URL ? { url: env.DATABASE_URL } : { file: join(dataDir, "sarangbang.db") },
    get pid() {
      return child.pid as number;
    },
    output: () => printed.join(""),
    kill: async () => {
      await end(child, "SIGKILL");
    },
    start: async () => {
      child = launch(args, env, printed);
      await ready(server, child);
    },
    terminate: () => end(child, "SIGTERM"),
    stop: async () => {
      await end(child, "SIGTERM");
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
    sarangbang: <T>(words: string[], input = "") => command<T>(words, env, input),
  };
  await ready(server, child).catch(async (error) => {
    await server.stop();
    throw error;
  });
  return server;
}

/** Only what a server needs: settings of whoever runs the tests must not leak in. */
function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, TZ, LANG } = process.env;
  const NODE_COMPILE_CACHE = join(ROOT, "node_modules/.cache/compiled");
  return { PATH, HOME, TMPDIR, TZ, LANG, NODE_COMPILE_CACHE, NODE_ENV: "production", ...settings };
}

function launch(args: string[], env: NodeJS.ProcessEnv, printed: string[]): ChildProcess {
  // As bin/start.mjs.
  const child = spawn(process.execPath, ["--max-semi-space-size=8", ...args], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8");
    stream?.on("data", (text: string) => printed.push(text));
  }
  return child;
}

async function ready(server: TestServer, child: ChildProcess): Promise<void> {
  await until(
    "the server to answer /up",
    async () => {
      if (hasEnded(child)) throw new Error(`The server ended while starting:\n${server.output()}`);
      return fetch(`http://localhost:${server.port}/up`, { headers: { host: new URL(server.origin).host } }).then(
        (answer) => answer.ok,
        () => false,
      );
    },
    READY_WITHIN,
  ).catch((error: Error) => {
    throw new Error(`${error.message}\n${server.output()}`);
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (!hasEnded(child)) {
    child.kill(signal);
    await until(`the server to end after ${signal}`, () => hasEnded(child), STOPPED_WITHIN).catch((error) => {
      child.kill("SIGKILL");
      throw error;
    });
  }
  return child.exitCode;
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

function command<T>(words: string[], env: NodeJS.ProcessEnv, input: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(ROOT, "bin/sarangbang"), [...words, "--json"], { cwd: ROOT, env });
    let out = "";
    let complaints = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (complaints += data));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve((out.trim() === "" ? undefined : JSON.parse(out)) as T);
      else reject(new Error(`sarangbang ${words.join(" ")} ended with ${code}:\n${complaints}${out}`));
    });
    child.stdin.end(input);
  });
}
