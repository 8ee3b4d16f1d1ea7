import type { Command } from "commander";

/** `serve` */
export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("the server itself, as npm start runs it")
    .option("--dev", "with hot reload, for developers")
    .action(async ({ dev = false }: { dev?: boolean }) => {
      const { serve } = await import("#server/main.ts");
      await serve({ isDev: dev });
    });
}
