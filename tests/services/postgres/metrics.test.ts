import { expect, test } from "vitest";
import { openConsole } from "#tests/support/console.ts";
import { readFigures } from "#tests/support/figures.ts";
import { claim } from "#tests/support/place.ts";
import { startServer } from "#tests/support/server.ts";
import { startPostgres } from "#tests/support/services/postgres.ts";

const PATIENCE = 120_000;

test(
  "while PostgreSQL is away /metrics says so to the machine itself, and asks 미나's token to come back, which is no defect",
  async () => {
    const service = await startPostgres();
    const server = await startServer({ ui: false, env: { DATABASE_URL: service.url } });
    try {
      const mina = await claim(server, "미나", "mina@example.com");
      const console = await openConsole(server);
      const { token } = await console.token(mina.id, ["admin"]);
      await console.close();
      const away = { "x-forwarded-for": "203.0.113.7", authorization: `Bearer ${token}` };
      expect((await readFigures(server, away)).get("sarangbang_database_up")).toBe(1);

      await service.kill();
      const figures = await readFigures(server);
      expect(figures.get("sarangbang_database_up")).toBe(0);
      expect(figures.has("sarangbang_database_seconds")).toBe(false);
      const answer = await fetch(`${server.origin}/metrics`, { headers: away });
      expect({ status: answer.status, again: answer.headers.get("retry-after") }).toEqual({ status: 503, again: "1" });
      expect(server.output()).not.toContain("A request failed");
    } finally {
      await server.stop();
      await service.stop();
    }
  },
  PATIENCE,
);
