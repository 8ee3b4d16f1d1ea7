import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { freePort } from "#tests/support/free-port.ts";
import { installed } from "./installed.ts";
import { type Service, startService, type User } from "./service.ts";

const run = promisify(execFile);

/** PostgreSQL with a password and with fsync on, of the newest version that is installed. Its url is an empty database. */
export function startPostgres(): Promise<Service> {
  const user = unprivileged();
  return startService(async (folder) => {
    const [port, password] = [await freePort(), randomBytes(12).toString("hex")];
    await initialize(folder, password, user);
    const url = `postgres://postgres:${password}@127.0.0.1:${port}`;
    return {
      name: "PostgreSQL",
      url: `${url}/sarangbang`,
      command: join(installed("postgres"), "postgres"),
      args: ["-D", join(folder, "data"), ...settings({ port, unix_socket_directories: folder })],
      user,
      serves: () => hasDatabase(`${url}/postgres`),
    };
  }, user);
}

/** A database of its own within the service: empty, or a copy of another one that nobody is connected to. */
export async function freshDatabase(service: Pick<Service, "url">, like?: string): Promise<string> {
  const name = `t_${randomBytes(8).toString("hex")}`;
  const template = like ? new URL(like).pathname.slice(1) : "template0";
  await query(at(service.url, "postgres"), `create database ${name} template "${template}"`);
  return at(service.url, name);
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** PostgreSQL refuses to serve as root. */
function unprivileged(): User {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const found = ["postgres", "nobody"].map((name) => users.find(([user]) => user === name)).find(Boolean);
  return found && { uid: Number(found[2]), gid: Number(found[3]) };
}

async function initialize(folder: string, password: string, user: User): Promise<void> {
  const file = join(folder, "password");
  await writeFile(file, password, { mode: 0o644 });
  const args = ["-D", join(folder, "data"), "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${file}`];
  // What no power cut threatens need not be forced to the disk; the server's own writes are.
  const words = [...args, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
  await run(join(installed("postgres"), "initdb"), words, {
    ...user,
    cwd: folder,
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });
}

function settings(own: Record<string, string | number>): string[] {
  const all = {
    listen_addresses: "127.0.0.1",
    max_connections: 200,
    fsync: "on",
    // In the data folder, where it goes with the rest.
    dynamic_shared_memory_type: "mmap",
    ...own,
  };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

async function hasDatabase(url: string): Promise<boolean> {
  const rows = await query(url, "select from pg_database where datname = 'sarangbang'");
  if (rows.length === 0) await query(url, "create database sarangbang");
  return true;
}

const at = (url: string, database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href;
