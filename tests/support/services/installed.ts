import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

export type ServiceName = "postgres" | "rabbitmq" | "activemq" | "kafka";

interface Needed {
  title: string;
  /** Debian's. */
  packages: string[];
  /** No package of its own: bin/services.mjs fetches it by means of those. */
  fetched?: boolean;
  /** Where it lies; undefined where it does not. */
  find(): string | undefined;
}

/** Where Debian keeps PostgreSQL, a folder a version. */
const POSTGRES = "/usr/lib/postgresql";
/** The script that asks for no other user. */
const RABBITMQ = "/usr/lib/rabbitmq/bin/rabbitmq-server";
const ACTIVEMQ = "/usr/share/activemq";

const NEEDED: Record<ServiceName, Needed> = {
  postgres: { title: "PostgreSQL", packages: ["postgresql"], find: newestPostgres },
  rabbitmq: {
    title: "RabbitMQ",
    packages: ["rabbitmq-server"],
    find: () => (existsSync(RABBITMQ) ? RABBITMQ : undefined),
  },
  activemq: {
    title: "ActiveMQ",
    packages: ["activemq"],
    find: () => (hasProgram("java") && existsSync(ACTIVEMQ) ? ACTIVEMQ : undefined),
  },
  kafka: {
    title: "Kafka",
    packages: ["maven", "default-jre-headless"],
    fetched: true,
    find: () => (hasProgram("java") && existsSync(kafkaJars()) ? kafkaJars() : undefined),
  },
};

/** Where a service lies on this machine. Throws the sentence that says how to get it. */
export function installed(name: ServiceName): string {
  const found = NEEDED[name].find();
  if (!found) throw new Error(howToGet(name));
  return found;
}

/** What this machine lacks, and how to get it. */
export function missingServices(): { name: ServiceName; packages: string[]; sentence: string }[] {
  const names = Object.keys(NEEDED) as ServiceName[];
  return names
    .filter((name) => !NEEDED[name].find())
    .map((name) => ({ name, packages: packagesFor(name), sentence: howToGet(name) }));
}

/** Nothing where a service is only to be fetched. */
function packagesFor(name: ServiceName): string[] {
  const { packages, fetched } = NEEDED[name];
  return fetched && hasProgram("java") && hasProgram("mvn") ? [] : packages;
}

function howToGet(name: ServiceName): string {
  const { title, packages, fetched } = NEEDED[name];
  const after = fetched ? ", and `npm test` fetches it" : " gets it";
  return `${title} is not installed. On Debian \`apt-get install ${packages.join(" ")}\`${after}; the tests look where Debian keeps it.`;
}

/** The folder of the newest version's programs. */
function newestPostgres(): string | undefined {
  const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES).map(Number) : [];
  const folders = versions.sort((a, b) => b - a).map((version) => join(POSTGRES, `${version}`, "bin"));
  return folders.find((path) => existsSync(join(path, "initdb")));
}

/** Outside of the repository, for all clones; there only when it is complete. */
function kafkaJars(): string {
  const pom = readFileSync(join(import.meta.dirname, "kafka/pom.xml"), "utf8");
  const version = /<version>(.+?)<\/version>/.exec(pom)?.[1];
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "sarangbang", `kafka-${version}`);
}

function hasProgram(name: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)));
}

if (import.meta.main) process.stdout.write(JSON.stringify({ missing: missingServices(), kafkaJars: kafkaJars() }));
