import { Command } from "commander";
import { isRefusal } from "#lib/chat/refusal.ts";
import { Complaint } from "#server/complaint.ts";
import { addBrokerCommand } from "./broker.ts";
import { complain } from "./output.ts";

const program = new Command("sarangbang")
  .description("Everything about a Sarangbang server that is done on its own machine. Works while the server runs.")
  .showHelpAfterError("(add --help for what can be said)")
  .configureHelp({ showGlobalOptions: true });

// The bare broker is there in a third of a second: it does not wait for what the other commands need.
if (process.argv[2] !== "broker") (await import("./commands.ts")).addPlaceCommands(program);
addBrokerCommand(program);

await program.parseAsync().catch((error: unknown) => {
  process.exitCode = 1;
  if (isRefusal(error) || error instanceof Complaint) complain(error);
  else throw error;
});
