import { createInterface } from "node:readline/promises";
import { Complaint } from "#server/complaint.ts";

/** Asks on a terminal before something is gone for good. Throws a Complaint when the answer is no, or when nobody is there to ask and `flag` was not said. */
export async function confirm(
  consequence: string,
  flag: string,
  input: NodeJS.ReadStream = process.stdin,
): Promise<void> {
  if (!input.isTTY) throw new Complaint(`${consequence} Say ${flag} if that is what you want.`);
  const lines = createInterface({ input, output: process.stderr });
  try {
    const said = await lines.question(`${consequence} Go on? [y/N] `);
    if (!/^y(es)?$/i.test(said.trim())) throw new Complaint("Nothing was changed.");
  } finally {
    lines.close();
  }
}
