import { Complaint } from "./complaint.mjs";
import { install, NODE } from "./install.mjs";
import { lastLines, ROOT, run } from "./run.mjs";

/** `npm run docs:stomp`: writes docs/stomp.md, the table of what holds of STOMP, from the tests that there are. */
export async function main() {
  await install();
  const { code, output } = await run(NODE, ["tests/conformance/stomp-page.ts"], { cwd: ROOT });
  if (code !== 0) throw new Complaint(`${lastLines(output)}\n\ndocs/stomp.md could not be written.`);
}
