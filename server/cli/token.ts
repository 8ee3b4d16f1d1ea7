import type { Command } from "commander";
import { createTokenBody } from "#lib/chat/token.ts";
import { CONSOLE } from "./console.ts";
import { orComplain, personBy } from "./find.ts";
import { answer, type Flags, subcommand, table } from "./output.ts";
import { parse, positive } from "./parse.ts";
import { withChat } from "./with-chat.ts";

const words = (text: string) =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);

/** `token add|list|revoke` */
export function addTokenCommands(token: Command): void {
  subcommand(token, "add", "make an access token; it is shown this once")
    .requiredOption("--user <address>", "whose name it acts in")
    .requiredOption("--scopes <scopes>", "what it may do, separated by commas: read, post, admin", words)
    .option("--name <name>", "what it is for", "command line")
    .option("--rooms <ids>", "limits it to these rooms, separated by commas", words)
    .option("--days <number>", "how long it works (default: until revoked)", positive)
    .action(add);
  subcommand(token, "list", "tokens that work").option("--user <address>", "of one person only").action(list);
  subcommand(token, "revoke", "make a token useless; its connections end")
    .requiredOption("--id <id>", "which")
    .action(revoke);
}

interface AddFlags extends Flags {
  user: string;
  scopes: string[];
  name: string;
  rooms?: string[];
  days?: number;
}

async function add(flags: AddFlags): Promise<void> {
  const { name, scopes, rooms = null, days = null } = flags;
  const input = parse(createTokenBody, { name, scopes, rooms, expiresInDays: days });
  await withChat(async ({ chat }) => {
    const person = await personBy(chat, flags.user);
    const { id, secret, ...token } = await chat.tokens.create(CONSOLE, person.id, input);
    answer(flags, { id, token: secret, ...token }, `${secret}\n\nThis is shown once; keep it like a password.`);
  });
}

async function list(flags: Flags & { user?: string }): Promise<void> {
  await withChat(async ({ chat }) => {
    const owner = flags.user === undefined ? undefined : (await personBy(chat, flags.user)).id;
    const tokens = await chat.tokens.list(CONSOLE, owner);
    const rows = tokens.map((token) => [
      token.id,
      token.name,
      token.scopes.join(","),
      token.user,
      token.expiresAt ?? "never",
    ]);
    answer(flags, tokens, table(["ID", "NAME", "SCOPES", "USER", "EXPIRES"], rows));
  });
}

async function revoke(flags: Flags & { id: string }): Promise<void> {
  await withChat(async ({ chat }) => {
    await orComplain(
      chat.tokens.revoke(CONSOLE, flags.id),
      `There is no token ${flags.id}; token list shows them all.`,
    );
    answer(flags, { id: flags.id }, "The token no longer works.");
  });
}
