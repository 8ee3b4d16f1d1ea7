import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";

/** Every arrow of ARCHITECTURE.md, from both sides: what a folder may import, and what the linter must refuse it. */
const ARROWS: { from: string; may: string[]; mayNot: string[] }[] = [
  {
    from: "server/stomp/frame.ts",
    may: ["./parser.ts", "node:buffer"],
    mayNot: [
      "#server/broker/broker.ts",
      "#server/gateway/gateway.ts",
      "#server/chat/chat.ts",
      "#lib/chat/limits.ts",
      "ws",
    ],
  },
  {
    from: "server/broker/broker.ts",
    may: ["#server/stomp/frame.ts"],
    mayNot: [
      "#server/gateway/gateway.ts",
      "#server/chat/chat.ts",
      "#server/store/store.ts",
      "#lib/chat/limits.ts",
      "ws",
    ],
  },
  {
    from: "server/relay/stomp.ts",
    may: [
      "#server/stomp/parser.ts",
      "#server/broker/broker.ts",
      "#lib/chat/limits.ts",
      "rabbitmq-client",
      "@platformatic/kafka",
    ],
    mayNot: [
      "#server/gateway/gateway.ts",
      "#server/chat/chat.ts",
      "#server/store/store.ts",
      "#server/config.ts",
      "../stomp/parser.ts",
      "ws",
      "pg",
    ],
  },
  {
    from: "server/gateway/session.ts",
    may: ["#server/stomp/frame.ts", "#server/broker/broker.ts", "#lib/chat/refusal.ts", "ws"],
    mayNot: [
      "#server/chat/chat.ts",
      "#server/store/store.ts",
      "#server/auth/actor.ts",
      "#server/main.ts",
      "../chat/chat.ts",
    ],
  },
  {
    from: "server/store/commands/post.ts",
    may: [
      "#server/store/schema.ts",
      "#lib/chat/message.ts",
      "#lib/text/search-key.ts",
      "better-sqlite3",
      "drizzle-orm",
      "drizzle-orm/better-sqlite3",
    ],
    mayNot: [
      "#server/chat/chat.ts",
      "#server/gateway/gateway.ts",
      "#server/config.ts",
      "#lib/client/outbox.ts",
      "ws",
      "pg",
      "drizzle-orm/node-postgres",
      "rabbitmq-client",
    ],
  },
  ...["server/store/postgres/pool.ts", "server/store/archive/rows.ts"].map((from) => ({
    from,
    may: ["#server/store/schema.ts", "pg", "drizzle-orm/node-postgres"],
    mayNot: ["#server/chat/chat.ts", "#server/config.ts", "../store.ts", "ws", "rabbitmq-client"],
  })),
  {
    from: "server/chat/access.ts",
    may: ["#server/store/store.ts", "#lib/chat/room.ts", "#lib/text/time.ts"],
    mayNot: [
      "#server/relay/relay.ts",
      "#server/relay/open-relay.ts",
      "rabbitmq-client",
      "@platformatic/kafka",
      "#server/gateway/gateway.ts",
      "#server/broker/broker.ts",
      "#server/auth/actor.ts",
      "better-sqlite3",
      "pg",
      "drizzle-orm",
    ],
  },
  {
    from: "server/auth/actor.ts",
    may: ["#server/chat/chat.ts", "next-auth/jwt"],
    mayNot: ["#server/store/store.ts", "#server/gateway/gateway.ts", "#server/main.ts", "better-sqlite3"],
  },
  {
    from: "server/cli/user.ts",
    may: [
      "#server/config.ts",
      "#server/store/store.ts",
      "#server/chat/chat.ts",
      "#server/auth/password.ts",
      "#server/broker-round-trip.ts",
    ],
    mayNot: ["#server/gateway/gateway.ts", "#server/broker/broker.ts", "#components/room/timeline.tsx", "ws", "pg"],
  },
  {
    from: "server/main.ts",
    may: ["./gateway/gateway.ts", "#server/chat/chat.ts", "#lib/chat/refusal.ts", "../package.json"],
    mayNot: ["#components/room/timeline.tsx", "../app/session.ts", "ws", "better-sqlite3", "pg"],
  },
  {
    from: "lib/chat/room.ts",
    may: ["./limits.ts", "zod"],
    mayNot: ["#lib/client/room-store.ts", "#server/chat/chat.ts", "node:crypto", "react"],
  },
  {
    from: "lib/text/segments.ts",
    may: ["#lib/chat/limits.ts"],
    mayNot: ["#lib/client/room-store.ts", "#server/runtime.ts", "node:fs/promises"],
  },
  {
    from: "lib/client/room-store.ts",
    may: ["#lib/chat/message.ts", "#lib/text/time.ts", "@stomp/stompjs"],
    mayNot: ["#lib/i18n/en.ts", "#components/room/timeline.tsx", "#server/chat/chat.ts", "react", "node:events"],
  },
  {
    from: "lib/i18n/ko/chat.ts",
    may: ["../en.ts", "#lib/chat/person.ts", "#lib/text/particles.ts"],
    mayNot: ["#lib/client/room-store.ts", "../../client/room-store.ts", "#server/runtime.ts"],
  },
  {
    from: "components/room/timeline.tsx",
    may: ["#lib/client/chat-client.ts", "#components/ui/button.tsx", "react"],
    mayNot: ["#server/runtime.ts", "#server/chat/chat.ts", "../../app/session.ts", "node:fs", "drizzle-orm"],
  },
  {
    from: "app/(chat)/rooms/[room]/page.tsx",
    may: ["#server/runtime.ts", "#components/room/room.tsx", "#lib/chat/room.ts", "../../../session.ts"],
    mayNot: [
      "#server/chat/chat.ts",
      "#server/main.ts",
      "#server/auth/actor.ts",
      "../../../../server/chat/chat.ts",
      "better-sqlite3",
    ],
  },
];

const KINDS = {
  import: (specifier: string) => `import { a } from "${specifier}";`,
  "import type": (specifier: string) => `import type { B } from "${specifier}";`,
  "export from": (specifier: string) => `export { c } from "${specifier}";`,
  "import()": (specifier: string) => `export const d = async () => (await import("${specifier}")).d;`,
};

let refused: Map<string, string[]>;
beforeAll(async () => {
  refused = await lintProbes();
});

for (const { from, may, mayNot } of ARROWS) {
  for (const specifier of may) {
    test(`${from} may import ${specifier}`, () => expect(refused.get(probeOf(from, specifier)) ?? []).toEqual([]));
  }
  for (const specifier of mayNot) {
    test(`${from} may not import ${specifier}, by no kind of import`, () =>
      expect(refused.get(probeOf(from, specifier))).toEqual(Object.keys(KINDS)));
  }
}

/** A file beside `from` that imports nothing but this, in every kind, one a line. */
function probeOf(from: string, specifier: string): string {
  return join(dirname(from), `probe-${specifier.replace(/[^a-z]+/g, "-")}.ts`);
}

/** Writes all probes into a folder under the real biome.json, lints it once, and returns the refused kinds of each file. */
async function lintProbes(): Promise<Map<string, string[]>> {
  const folder = await mkdtemp(join(tmpdir(), "sarangbang-arrows-"));
  for (const file of ["biome.json", ".gitignore", "package.json"]) await copyFile(file, join(folder, file));
  for (const { from, may, mayNot } of ARROWS) {
    await mkdir(join(folder, dirname(from)), { recursive: true });
    for (const specifier of [...may, ...mayNot]) {
      const lines = Object.values(KINDS).map((kind) => kind(specifier));
      await writeFile(join(folder, probeOf(from, specifier)), `${lines.join("\n")}\n`);
    }
  }
  const { diagnostics } = JSON.parse(lint(folder)) as {
    diagnostics: { location: { path: string; start: { line: number } } }[];
  };
  await rm(folder, { recursive: true });
  const lines = Map.groupBy(diagnostics, ({ location }) => location.path);
  return new Map(
    [...lines].map(([path, found]) => [
      path,
      Object.keys(KINDS).filter((_, index) => found.some(({ location }) => location.start.line === index + 1)),
    ]),
  );
}

function lint(folder: string): string {
  const biome = resolve("node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "lint", "--only=style/noRestrictedImports", "--max-diagnostics=none", "--reporter=json", "."];
  return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }).stdout;
}
