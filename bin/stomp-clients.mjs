import { existsSync } from "node:fs";
import { installPackages } from "./debian.mjs";
import { run } from "./run.mjs";

/** STOMP libraries of other languages, by the names of Debian's packages: what runs them, and how it says that it has them. */
const LIBRARIES = [
  { name: "python3-stomp", interpreters: ["python3", "/usr/bin/python3"], probe: ["-c", "import stomp"] },
  { name: "ruby-stomp", interpreters: ["ruby", "/usr/bin/ruby"], probe: ["-rstomp", "-rjson", "-e", ""] },
  { name: "libnet-stomp-perl", interpreters: ["perl", "/usr/bin/perl"], probe: ["-MNet::Stomp", "-MJSON::PP", "-e1"] },
  {
    name: "php-stomp",
    interpreters: ["php", "/usr/bin/php"],
    probe: ["-r", 'exit(class_exists("Stomp") ? 0 : 1);'],
    with: ["php-cli"],
  },
];

/** Prints, as JSON, which of them are here. */
export async function main() {
  const { found, missing } = await look();
  process.stdout.write(JSON.stringify({ found, missing }));
}

/** Installs those that the interoperability tests lack, where that can be done, and says which ones they will do without. */
export async function stompClients() {
  const { missing } = await look();
  if (missing.length === 0) return;
  const packages = LIBRARIES.filter(({ name }) => missing.includes(name)).flatMap(({ name, with: more = [] }) => [
    name,
    ...more,
  ]);
  await installPackages(packages);
  const still = (await look()).missing;
  if (still.length > 0) console.log(`Not installed, so not tested: ${still.join(", ")}.`);
}

async function look() {
  const found = {};
  for (const { name, interpreters, probe } of LIBRARIES) {
    for (const interpreter of interpreters) {
      if (!found[name] && (await succeeds(interpreter, probe))) found[name] = interpreter;
    }
  }
  return { found, missing: LIBRARIES.map(({ name }) => name).filter((name) => !found[name]) };
}

async function succeeds(program, args) {
  if (program.startsWith("/") && !existsSync(program)) return false;
  const { code } = await run(program, args, { timeout: 20_000 }).catch(() => ({ code: 1 }));
  return code === 0;
}
