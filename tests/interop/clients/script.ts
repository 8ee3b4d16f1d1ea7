import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Client, Connected } from "../client.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** The libraries of other languages: each is driven by a script of its own, a line of JSON for each call and for each answer. */
export function scripted(): Client[] {
  const { found, missing } = interpreters();
  // CI proves all of them; elsewhere what is not installed is left out, and said.
  const skipped = process.env.CI === "true" ? [] : missing;
  if (skipped.length > 0) console.warn(`Skipped, because they are not installed here: ${skipped.join(", ")}.`);
  return SCRIPTS.filter(({ name }) => !skipped.includes(name)).map(({ name, script, lacks }) => ({
    name,
    carrier: "tcp",
    lacks,
    connect: (address) => {
      const interpreter = found[name];
      if (!interpreter) throw new Error(`${name} is not installed, and CI leaves none out.`);
      return drive(interpreter, script, address);
    },
  }));
}

interface Script extends Pick<Client, "name" | "lacks"> {
  script: string;
}

const SCRIPTS: Script[] = [
  { name: "python3-stomp", script: "drive.py" },
  { name: "ruby-stomp", script: "drive.rb" },
  { name: "libnet-stomp-perl", script: "drive.pl", lacks: ["heart-beat"] },
  { name: "php-stomp", script: "drive.php", lacks: ["heart-beat"] },
];

/** By the names of Debian's packages; bin/stomp-clients.mjs knows where to look. */
function interpreters(): { found: Record<string, string>; missing: string[] } {
  const { stdout } = spawnSync(process.execPath, ["bin/enter.cjs", "stomp-clients"], { cwd: ROOT, encoding: "utf8" });
  return JSON.parse(stdout);
}

async function drive(interpreter: string, script: string, address: Parameters<Client["connect"]>[0]) {
  const path = fileURLToPath(new URL(`../scripts/${script}`, import.meta.url));
  const child = spawn(interpreter, [path], { stdio: ["pipe", "pipe", "pipe"] });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  const gone = new Promise((resolve) => child.once("close", resolve));
  const call = async (command: string, parameters: object = {}): Promise<Record<string, string>> => {
    child.stdin.write(`${JSON.stringify([command, parameters])}\n`);
    const { value } = await answers.next();
    if (value !== undefined) return JSON.parse(value);
    await gone;
    throw new Error(`${script} ended at ${command}:\n${complaints}`);
  };
  const { host, port, login, passcode, heartBeat } = address;
  await call("connect", { host, port, login, passcode, heartBeat });
  const connected: Connected = {
    subscribe: async (id, destination, ack) => void (await call("subscribe", { id, destination, ack })),
    send: async (destination, body, transaction) =>
      void (await call("send", { destination, body: body.toString("base64"), transaction })),
    receive: async () => Buffer.from((await call("receive")).body ?? "", "base64"),
    ack: async (transaction) => void (await call("ack", { transaction })),
    begin: async (transaction) => void (await call("begin", { transaction })),
    commit: async (transaction) => void (await call("commit", { transaction })),
    abort: async (transaction) => void (await call("abort", { transaction })),
    async disconnect() {
      await call("disconnect");
      child.stdin.end();
      await gone;
    },
    end: () => void child.kill(),
  };
  return connected;
}
