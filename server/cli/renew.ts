import type { Command } from "commander";
import { CONSOLE } from "#lib/chat/actor.ts";
import { randomId } from "#lib/chat/ids.ts";
import { answer, type Flags, subcommand } from "./output.ts";
import { withChat } from "./with-chat.ts";

/** `renew`: for a database that fell back behind what it had acknowledged, by a failover or by tools of its own. */
export function addRenewCommand(program: Command): void {
  const description =
    "let everybody load anew, after the database has lost commits (a failover, a restore by its own tools)";
  subcommand(program, "renew", description).action((flags: Flags) =>
    withChat(async ({ store }) => {
      const epoch = randomId();
      await store.write("renewEpoch", { actor: CONSOLE, now: Date.now(), epoch });
      answer(flags, { epoch }, "Done: everybody who is connected loads the rooms anew, within seconds.");
    }),
  );
}
