import { expect, test } from "vitest";
import type { Config } from "#server/config.ts";
import { greeting } from "#server/greeting.ts";

const config = { version: "1.0.0", host: "127.0.0.1", hasOwnOrigin: true } as Config;

test("a server says where it listens when people reach it by another address, and only then", () => {
  const behind = greeting({ ...config, origin: "https://chat.example.com", port: 3001 }, true, undefined);
  expect(behind).toContain("ready at https://chat.example.com\nIt listens on 127.0.0.1, port 3001.\n");
  const alone = greeting({ ...config, origin: "http://localhost:3000", port: 3000 }, true, undefined);
  expect(alone).not.toContain("listens");
});
