import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#tests/support/free-port.ts";
import { until } from "#tests/support/until.ts";
import type { Contender } from "./contender.ts";
import { launch } from "./launch.ts";

/** Where Debian's rabbitmq-server keeps the script that asks for no other user. */
const SERVER = "/usr/lib/rabbitmq/bin/rabbitmq-server";
const UP_WITHIN = 120_000;

/** RabbitMQ with its Web STOMP plugin, as a node of its own with its data in a temporary folder. */
export const rabbitmq: Contender = {
  name: "rabbitmq",
  title: "RabbitMQ Web STOMP",
  missing: () => (existsSync(SERVER) ? undefined : `RabbitMQ is not installed (${SERVER}).`),
  async start({ rooms }) {
    const folder = await mkdtemp(join(tmpdir(), "sarangbang-bench-"));
    const port = await freePort();
    const env = await environment(folder, port);
    const server = await launch(SERVER, [], env);
    const stop = async () => {
      await server.stop();
      // Erlang's register of names outlives the node that needed it.
      spawnSync("epmd", ["-port", `${env.ERL_EPMD_PORT}`, "-kill"]);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    };
    try {
      const pid = await until("RabbitMQ to listen", () => readyPid(folder, port), UP_WITHIN);
      const names = Array.from({ length: rooms }, (_, n) => `room.${n}`);
      const subscribe = ["/topic/%room", "/topic/%room.activity", "/topic/own.%n"];
      const who = { host: "/", login: "guest", passcode: "guest" };
      const words = { subscribe, send: "/topic/%room", ...who };
      return { pid, target: { port, path: "/ws", dialect: "stomp", rooms: names, ...words }, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  },
};

async function environment(folder: string, port: number): Promise<NodeJS.ProcessEnv> {
  const [amqp, distribution, names] = [await freePort(), await freePort(), await freePort()];
  const config = `listeners.tcp.local = 127.0.0.1:${amqp}\nweb_stomp.tcp.port = ${port}\nweb_stomp.tcp.ip = 127.0.0.1\n`;
  await writeFile(join(folder, "rabbitmq.conf"), config);
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
async function readyPid(folder: string, port: number): Promise<number | undefined> {
  const pid = Number(await readFile(join(folder, "pid"), "utf8").catch(() => ""));
  const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
  return pid > 0 && answer ? pid : undefined;
}
