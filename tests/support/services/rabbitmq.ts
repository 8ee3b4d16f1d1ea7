import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Connection } from "rabbitmq-client";
import { freePort } from "#tests/support/free-port.ts";
import { installed } from "./installed.ts";
import { type Program, type Service, startService } from "./service.ts";

export interface Options {
  /** Instead of Debian's. */
  script?: string;
  /** Plugins by name, and the lines of configuration that belong to them. */
  plugins?: string[];
  configuration?: string[];
}

/** RabbitMQ as a node of its own, for `guest`. */
export function startRabbitmq(options: Options = {}): Promise<Service> {
  return startService((folder) => node(folder, options));
}

async function node(folder: string, options: Options): Promise<Program> {
  const { script = installed("rabbitmq"), plugins = [], configuration = [] } = options;
  const [amqp, distribution, names] = [await freePort(), await freePort(), await freePort()];
  const lines = [`listeners.tcp.local = 127.0.0.1:${amqp}`, "log.console = true", "log.file = false", ...configuration];
  await writeFile(join(folder, "rabbitmq.conf"), `${lines.join("\n")}\n`);
  await writeFile(join(folder, "enabled_plugins"), `[${plugins.join(",")}].\n`);
  const url = `amqp://guest:guest@127.0.0.1:${amqp}`;
  return {
    name: "RabbitMQ",
    url,
    command: script,
    args: [],
    env: {
      ...{ ERL_EPMD_PORT: `${names}`, ERL_EPMD_ADDRESS: "127.0.0.1", ERL_EPMD_RELAXED_COMMAND_CHECK: "true" },
      // The script becomes the node, instead of waiting for it.
      RUNNING_UNDER_SYSTEMD: "true",
      RABBITMQ_NODENAME: `sarangbang${amqp}@localhost`,
      RABBITMQ_DIST_PORT: `${distribution}`,
      RABBITMQ_CONFIG_FILE: join(folder, "rabbitmq"),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, "enabled_plugins"),
      RABBITMQ_MNESIA_BASE: join(folder, "data"),
      RABBITMQ_LOG_BASE: join(folder, "log"),
      RABBITMQ_PID_FILE: join(folder, "pid"),
    },
    serves: () => opensChannel(url),
  };
}

/** The port is open before the node has recovered its queues: only a channel says that it serves. */
async function opensChannel(url: string): Promise<boolean> {
  const connection = new Connection({ url, retryLow: 60_000, connectionTimeout: 5_000 });
  const failed = new Promise((_, reject) => connection.on("error", reject));
  try {
    await Promise.race([connection.onConnect(5_000), failed]);
    const channel = await connection.acquire();
    await channel.close();
    return true;
  } finally {
    await connection.close();
  }
}
