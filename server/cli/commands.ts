import type { Command } from "commander";
import { addArchiveCommands } from "./archive.ts";
import { addDemoCommand } from "./demo.ts";
import { addInviteCommands } from "./invite.ts";
import { addRenewCommand } from "./renew.ts";
import { addRoomCommands } from "./room.ts";
import { addServeCommand } from "./serve.ts";
import { addTokenCommands } from "./token.ts";
import { addUserCommands } from "./user.ts";

/** The commands about a place and its database. */
export function addPlaceCommands(program: Command): void {
  addServeCommand(program);
  addUserCommands(program.command("user").description("people and bots with an account"));
  addRoomCommands(program.command("room").description("rooms and who may enter them"));
  addInviteCommands(program.command("invite").description("links by which people join"));
  addTokenCommands(program.command("token").description("access tokens for bots and scripts"));
  addArchiveCommands(program);
  addRenewCommand(program);
  addDemoCommand(program);
}
