import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#tests/support/free-port.ts";
import { until } from "#tests/support/until.ts";
import type { Contender } from "./contender.ts";
import { type Launched, launch } from "./launch.ts";

/** Where Debian's rabbitmq-server keeps the script that asks for no other user. */
const SERVER = "/usr/lib/rabbitmq/bin/rabbitmq-server";
const UP_WITHIN = 120_000;
/** So many of its log are worth reading when it does not come up. */
const LOG_LINES = 15;

/** RabbitMQ with its Web STOMP plugin, as a node of its own with its data in a temporary folder. */
export const rabbitmq = rabbitmqAt(SERVER);

export function rabbitmqAt(script: string): Contender {
  return {
    name: "rabbitmq",
    title: "RabbitMQ Web STOMP",
    missing: () => (existsSync(script) ? undefined : `RabbitMQ is not installed (${script}).`),
    async start({ rooms }) {
      const { port, pid, stop } = await startNode(script);
      const names = Array.from({ length: rooms }, (_, n) => `room.${n}`);
      const subscribe = ["/topic/%room", "/topic/%room.activity", "/topic/own.%n"];
      const who = { host: "/", login: "guest", passcode: "guest" };
      const words = { subscribe, send: "/topic/%room", ...who };
      return { pid, target: { port, path: "/ws", dialect: "stomp", rooms: names, ...words }, stop };
    },
  };
}

async function startNode(script: string) {
  const folder = await mkdtemp(join(tmpdir(), "sarangbang-bench-"));
  const port = await freePort();
  const env = await environment(folder, port);
  // Erlang's register of names outlives the node that needed it.
  const killNames = () => spawnSync("epmd", ["-port", `${env.ERL_EPMD_PORT}`, "-kill"]);
  const leave = () => {
    killNames();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  let server: Launched | undefined;
  const stop = async () => {
    await server?.stop();
    killNames();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    process.off("exit", leave);
  };
  try {
    const launching = launch(script, [], env);
    // By then the node, which would write into the folder, has been killed: what launch does at the exit comes first.
    process.once("exit", leave);
    server = await launching;
    return { port, stop, pid: await readyPid(server, folder, port) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function environment(folder: string, port: number): Promise<NodeJS.ProcessEnv> {
  const [amqp, distribution, names] = [await freePort(), await freePort(), await freePort()];
  const config = `listeners.tcp.local = 127.0.0.1:${amqp}\nweb_stomp.tcp.port = ${port}\nweb_stomp.tcp.ip = 127.0.0.1\n`;
  // Web STOMP starts STOMP's own listener, too, which nobody asks and everybody could reach.
  const alone = "stomp.listeners.tcp = none\n";
  await writeFile(join(folder, "rabbitmq.conf"), config + alone);
  await writeFile(join(folder, "enabled_plugins"), "[rabbitmq_web_stomp].\n");
  const { PATH, LANG, NODE_ENV } = process.env;
  return {
    ...{ PATH, LANG, NODE_ENV, HOME: folder },
    ...{ ERL_EPMD_PORT: `${names}`, ERL_EPMD_RELAXED_COMMAND_CHECK: "true" },
    RABBITMQ_NODENAME: `bench${port}@localhost`,
    RABBITMQ_DIST_PORT: `${distribution}`,
    RABBITMQ_CONFIG_FILE: join(folder, "rabbitmq"),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, "enabled_plugins"),
    RABBITMQ_MNESIA_BASE: join(folder, "data"),
    RABBITMQ_LOG_BASE: join(folder, "log"),
    RABBITMQ_PID_FILE: join(folder, "pid"),
  };
}

/** The process that serves is a grandchild of the script, and says who it is in a file. */
async function readyPid(server: Launched, folder: string, port: number): Promise<number> {
  const look = async () => {
    if (server.hasEnded()) throw new Error("RabbitMQ ended before it listened");
    const pid = Number(await readFile(join(folder, "pid"), "utf8").catch(() => ""));
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    return pid > 0 && answer ? pid : undefined;
  };
  try {
    return await until("RabbitMQ to listen", look, UP_WITHIN);
  } catch (error) {
    const said = [server.complaints(), await endOfLog(join(folder, "log"))].filter(Boolean);
    throw new Error([(error as Error).message, ...said].join("\n"));
  }
}

/** The last lines of what it has logged. */
async function endOfLog(folder: string): Promise<string> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".log"));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  return texts.join("").trim().split("\n").slice(-LOG_LINES).join("\n");
}
