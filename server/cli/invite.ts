import type { Command } from "commander";
import { createInviteBody, type Invite } from "#lib/chat/invite.ts";
import { CONSOLE } from "./console.ts";
import { orComplain } from "./find.ts";
import { answer, type Flags, subcommand, table } from "./output.ts";
import { parse, positive } from "./parse.ts";
import { withChat } from "./with-chat.ts";

/** `invite add|list|revoke` */
export function addInviteCommands(invite: Command): void {
  subcommand(invite, "add", "make a link by which people join")
    .option("--hours <number>", "how long it works (default: a week)", positive)
    .option("--uses <number>", "how many people may use it (default: any number)", positive)
    .action(add);
  subcommand(invite, "list", "links that were made").action(list);
  subcommand(invite, "revoke", "make a link useless")
    .requiredOption("--code <code>", "the end of the link")
    .action(revoke);
}

async function add(flags: Flags & { hours?: number; uses?: number }): Promise<void> {
  const input = parse(createInviteBody, { expiresInHours: flags.hours, maxUses: flags.uses });
  await withChat(async ({ chat, link }) => {
    const invite = await chat.invites.create(CONSOLE, input);
    answer(flags, { ...invite, link: link(`/join/${invite.code}`) }, link(`/join/${invite.code}`));
  });
}

async function list(flags: Flags): Promise<void> {
  await withChat(async ({ chat, link }) => {
    const invites = await chat.invites.list(CONSOLE);
    const rows = invites.map((invite) => [link(`/join/${invite.code}`), usesOf(invite), invite.expiresAt ?? "never"]);
    answer(flags, invites, table(["LINK", "USED", "EXPIRES"], rows));
  });
}

const usesOf = ({ uses, maxUses }: Invite) => (maxUses === null ? String(uses) : `${uses} of ${maxUses}`);

async function revoke(flags: Flags & { code: string }): Promise<void> {
  await withChat(async ({ chat }) => {
    await orComplain(
      chat.invites.revoke(CONSOLE, flags.code),
      `There is no invite ${flags.code}; invite list shows them all.`,
    );
    answer(flags, { code: flags.code }, "The link no longer works.");
  });
}
