import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { installServers } from "./debian.mjs";
import { NODE } from "./install.mjs";
import { lastLines, ROOT, run } from "./run.mjs";

const POM = "tests/support/services/kafka/pom.xml";
const COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies";
/** Milliseconds: the jars are 45 MB. */
const PATIENCE = 600_000;

/** Installs the servers that the tests need beside ours, where that can be done, and says what is missing then and how to get it. */
export async function services() {
  const { missing, kafkaJars } = await look();
  if (missing.length === 0) return;
  const packages = [...new Set(missing.flatMap((service) => service.packages))];
  if (packages.length > 0) await installServers(packages);
  if (missing.some(({ name }) => name === "kafka") && !existsSync(kafkaJars)) await fetchKafka(kafkaJars);
  for (const { sentence } of (await look()).missing) console.log(sentence);
}

/** The tests' own look, so that there is one truth about where things lie. */
async function look() {
  const { output } = await run(NODE, ["tests/support/services/installed.ts"]);
  return JSON.parse(output);
}

/** Kafka has no package: Maven gets the jars it consists of. The folder is there when it is complete. */
async function fetchKafka(folder) {
  console.log("Fetching Kafka …");
  const unfinished = `${folder}.${process.pid}`;
  const args = ["-B", "-q", "-f", POM, COPY, "-DincludeScope=runtime", `-DoutputDirectory=${unfinished}`];
  const { code, output } = await run("mvn", args, { cwd: ROOT, timeout: PATIENCE }).catch(() => ({
    code: 1,
    output: "",
  }));
  if (code === 0) await rename(unfinished, folder).catch(() => {});
  else if (output) console.log(lastLines(output, 5));
  await rm(unfinished, { recursive: true, force: true });
}
