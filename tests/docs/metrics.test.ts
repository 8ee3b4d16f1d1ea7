import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { figuresOf } from "#server/figures.ts";
import { measured } from "#server/measured-store.ts";
import { openStore } from "#server/store/store.ts";
import { openEndpoint } from "#tests/gateway/endpoint.ts";
import { tempFolder } from "#tests/store/temp-folder.ts";

test("docs/metrics.md has a row for every figure, in order, with its kind, labels and meaning, and no other", async () => {
  const opened = await openStore({ file: join(await tempFolder(), "sarangbang.db") });
  const { gateway, close } = await openEndpoint();
  gateway.counts.refused("busy");
  const { store, writes } = measured(opened);
  const counts = () => ({ published: 0, heard: 0, dropped: 0, reconnects: 0 });
  const figures = figuresOf({ version: "1", gateway, store, writes, relay: { state: "up", counts } });
  const rows = await Promise.all(
    figures.map(async ({ name, type, help, values }) => {
      const [first] = await values();
      const [label] = Object.keys(first?.labels ?? {}).filter((each) => each !== "le");
      return `| \`${name}\` | ${type} |${label ? ` \`${label}\`` : ""} | ${help} |`;
    }),
  );
  await close();
  await store.close();
  expect(table()).toEqual(rows);
});

function table(): string[] {
  return readFileSync("docs/metrics.md", "utf8")
    .split("\n")
    .filter((line) => /^\| `sarangbang_/.test(line));
}
