import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { LIMITS } from "#lib/chat/limits.ts";
import { Complaint } from "#server/complaint.ts";

const { least, most } = LIMITS.password;

/** A password from standard input: a hidden prompt on a terminal, otherwise its first line. Never an argument, which `ps` would show. */
export async function readPassword(input: NodeJS.ReadStream = process.stdin): Promise<string> {
  const password = input.isTTY ? await prompt(input) : ((await text(input)).split(/\r?\n/, 1)[0] ?? "");
  if (password === "") {
    throw new Complaint(
      "The password is read from standard input, and there is none: put echo 'a long password' | before the command.",
    );
  }
  if (password.length < least || password.length > most) {
    throw new Complaint(`The password must have ${least} to ${most} characters; this one has ${password.length}.`);
  }
  return password;
}

async function prompt(input: NodeJS.ReadStream): Promise<string> {
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: mute, terminal: true });
  process.stderr.write("Password: ");
  try {
    return await lines.question("");
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}
