import { Command } from "commander";
import { isRefusal } from "#lib/chat/refusal.ts";
import { Complaint } from "#server/config.ts";
import { addDemoCommand } from "./demo.ts";
import { addInviteCommands } from "./invite.ts";
import { complain } from "./output.ts";
import { addRoomCommands } from "./room.ts";
import { addServeCommand } from "./serve.ts";
import { addTokenCommands } from "./token.ts";
import { addUserCommands } from "./user.ts";

const program = new Command("sarangbang")
  .description("Everything about a Sarangbang server that is done on its own machine. Works while the server runs.")
  .showHelpAfterError("(add --help for what can be said)")
  .configureHelp({ showGlobalOptions: true });

addServeCommand(program);
addUserCommands(program.command("user").description("people and bots with an account"));
addRoomCommands(program.command("room").description("rooms and who may enter them"));
addInviteCommands(program.command("invite").description("links by which people join"));
addTokenCommands(program.command("token").description("access tokens for bots and scripts"));
addDemoCommand(program);

await program.parseAsync().catch((error: unknown) => {
  process.exitCode = 1;
  if (isRefusal(error) || error instanceof Complaint) complain(error);
  else throw error;
});
