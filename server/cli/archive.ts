import type { Command } from "commander";
import { loadEnvFile, readConfig } from "#server/config.ts";
import { type Flags, subcommand } from "./output.ts";

/** `backup`, `restore`, `copy`, `doctor`: what they do is loaded when one of them is asked for. */
export function addArchiveCommands(program: Command): void {
  subcommand(program, "backup", "write everything to one file, also while the server runs")
    .argument("<file>", "the file to make")
    .option("--overwrite", "replace the file when there is one")
    .action(async (file: string, flags: Flags & { overwrite?: boolean }) => {
      const { backup } = await loadQuickly(() => import("./backup.ts"));
      await backup(settings(), file, flags);
    });
  subcommand(program, "restore", "put a backup in the place of everything that is there; not while a server runs")
    .argument("<file>", "a file that backup made")
    .option("--yes", "replace what is there without asking")
    .action(async (file: string, flags: Flags & { yes?: boolean }) => {
      const { restore } = await loadQuickly(() => import("./restore.ts"));
      await restore(settings(), file, flags);
    });
  subcommand(program, "copy", "move an installation to another database; not while a server runs on either")
    .requiredOption(
      "--from <database>",
      "sqlite:PATH of a data folder or its file, postgres://…, or env:NAME of a variable that holds one of these",
    )
    .requiredOption("--to <database>", "the same, of an empty one")
    .option("--overwrite", "replace what is there")
    .action(async (flags: Flags & { from: string; to: string; overwrite?: boolean }) => {
      const { copy } = await loadQuickly(() => import("./copy.ts"));
      await copy(settings(), flags);
    });
  subcommand(program, "doctor", "look whether settings, disk, database and broker are as they should be").action(
    async (flags: Flags) => {
      const { doctor } = await loadQuickly(() => import("./doctor.ts"));
      await doctor(flags);
    },
  );
}

function settings() {
  loadEnvFile();
  return readConfig(process.env);
}

/** drizzle is hundreds of small files as ES modules, and one as it is loaded here. */
async function loadQuickly<T>(load: () => Promise<T>): Promise<T> {
  await import("#server/store/load-quickly.ts");
  return load();
}
