import { existsSync } from "node:fs";
import { installPackages } from "./debian.mjs";

/** What breaks things for the tests of faults, by the names of Debian's packages, and where each lies then. */
const TOOLS = [
  { name: "strace", lies: ["/usr/bin/strace"] },
  {
    name: "libfaketime",
    lies: ["x86_64", "aarch64"].map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`),
    long: true,
  },
];

/** Installs those that are missing, where that can be done, and says which ones still are. */
export async function faultTools(long) {
  const missing = () =>
    TOOLS.filter((tool) => (long || !tool.long) && !tool.lies.some(existsSync)).map(({ name }) => name);
  if (missing().length === 0) return;
  await installPackages(missing());
  for (const name of missing()) console.log(`${name} is not installed. On Debian \`apt-get install ${name}\` gets it.`);
}
