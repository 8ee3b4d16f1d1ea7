import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { database, readConfig } from "#server/config.ts";
import { SETTINGS } from "#server/settings.ts";

const ROOT = join(import.meta.dirname, "../..");
const complaint = (env: Record<string, string>) => {
  try {
    readConfig(env);
  } catch (error) {
    return (error as Error).message;
  }
};

describe("settings", () => {
  test("nothing has to be set", () => {
    const config = readConfig({});
    expect(config).toMatchObject({ host: "127.0.0.1", port: 3000, origin: "http://localhost:3000", isLoopback: true });
    expect(config.limits).toMatchObject({ sendRate: 2, sendBurst: 20, maxFrameBytes: 65_536, maxSubscriptions: 100 });
  });

  test("an empty variable is an unset one", () => {
    expect(readConfig({ PORT: "", ORIGIN: " ", GITHUB_CLIENT_ID: "" }).port).toBe(3000);
  });

  test.each([
    ["PORT", "x", '"x"'],
    ["PORT", "70000", '"70000"'],
    ["HOST", "a b", '"a b"'],
    ["ORIGIN", "chat.example.com", '"chat.example.com"'],
    ["ORIGIN", "https://chat.example.com/path", '"https://chat.example.com/path"'],
    ["LOG_LEVEL", "loud", '"loud"'],
    ["SEND_RATE", "0", '"0"'],
    ["SEND_RATE", "1.5", '"1.5"'],
    ["TRUSTED_PROXIES", "10.0.0.0/8, home", '"10.0.0.0/8, home"'],
  ])("%s=%s is refused in one sentence that names variable, value and what is expected", (name, value, shown) => {
    const said = complaint({ [name]: value });
    const expected = SETTINGS.find((setting) => setting.name === name)?.expected;
    expect(said).toBe(`${name} is ${shown}; it must be ${expected}.`);
    expect(said).not.toContain("\n");
  });

  test.each([
    "mysql://sarangbang:hunter22@db/chat",
    "hunter22",
    // A password as it is, of which an URL makes a port and a path, a fragment or a question.
    "postgres://mina:12/hunter22@db/chat",
    "postgres://mina:12#hunter22@db/chat",
    "postgres://mina:12?hunter22@db/chat",
    "postgres://mina:hunter22%zz@db/chat",
    "postgres://mina:p@ss#hunter22@db/chat",
  ])("DATABASE_URL=%s is refused, and its password is not repeated", (url) => {
    expect(complaint({ DATABASE_URL: url })).toMatch(/^DATABASE_URL is set.*PostgreSQL/);
    expect(complaint({ DATABASE_URL: url })).not.toContain("hunter22");
  });

  test("DATABASE_URL names the database of PostgreSQL; without it there is a file", () => {
    const DATABASE_URL = "postgres://sarangbang:hunter22@db/chat";
    expect(database(readConfig({ DATABASE_URL }))).toEqual({ url: DATABASE_URL });
    expect(database(readConfig({ DATA_DIR: "/srv/chat" }))).toEqual({ file: "/srv/chat/sarangbang.db" });
  });

  test("a broker needs a database that servers can share, and the sentence says what to do", () => {
    expect(complaint({ BROKER_URL: "amqp://guest:guest@mq" })).toBe(
      "BROKER_URL is set but DATABASE_URL is not: several servers cannot share SQLite; set DATABASE_URL to a PostgreSQL that they share, or leave BROKER_URL empty.",
    );
  });

  test("BROKER_URL names the relay; memory: is none", () => {
    const DATABASE_URL = "postgres://db/chat";
    expect(readConfig({ BROKER_URL: "memory:" }).brokerUrl).toBeUndefined();
    expect(readConfig({ DATABASE_URL, BROKER_URL: "kafka://a:9092,b:9092/chat" }).brokerUrl?.protocol).toBe("kafka:");
  });

  test.each(["redis://:hunter22@mq", "hunter22"])(
    "BROKER_URL=%s is refused, and its password is not repeated",
    (url) => {
      const told = complaint({ DATABASE_URL: "postgres://db/chat", BROKER_URL: url });
      expect(told).toMatch(/^BROKER_URL is set, but not usable; it must be memory:/);
      expect(told).not.toContain("hunter22");
    },
  );

  test("a short secret is refused without being repeated", () => {
    expect(complaint({ AUTH_SECRET: "tooshort" })).toMatch(/^AUTH_SECRET .*at least 32 characters/);
    expect(complaint({ AUTH_SECRET: "tooshort" })).not.toContain("tooshort");
  });

  test("half a provider is refused", () => {
    expect(complaint({ KAKAO_CLIENT_ID: "x" })).toBe(
      "KAKAO_CLIENT_ID is set but KAKAO_CLIENT_SECRET is not; set both or neither.",
    );
    expect(complaint({ NAVER_CLIENT_SECRET: "x" })).toBe(
      "NAVER_CLIENT_SECRET is set but NAVER_CLIENT_ID is not; set both or neither.",
    );
  });

  test("a host beyond loopback is known as one", () => {
    const isLoopback = (HOST: string) => readConfig({ HOST }).isLoopback;
    expect(["127.0.0.1", "127.1.2.3", "::1", "localhost"].map(isLoopback)).toEqual([true, true, true, true]);
    expect(["0.0.0.0", "::", "192.168.0.5", "chat.example.com"].map(isLoopback)).toEqual([false, false, false, false]);
  });

  test(".env.example lists every setting with its default", async () => {
    const text = await readFile(join(ROOT, ".env.example"), "utf8");
    const listed = [...text.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
    expect(listed).toEqual(SETTINGS.map((setting) => [setting.name, setting.default]));
  });

  test.each(["README.md", "README.ko.md"])("the table in %s lists every setting with its default", async (file) => {
    const text = await readFile(join(ROOT, file), "utf8");
    const listed = [...text.matchAll(/^\| `([A-Z_]+)` \| (.*?) \|/gm)].map(([, name, value]) => [
      name,
      value?.replace(/[`–]/g, "").trim(),
    ]);
    const names = SETTINGS.map(({ name }) => name);
    expect(listed.map(([name]) => name).filter((name) => name !== undefined && names.includes(name))).toEqual(names);
    const values = SETTINGS.filter((setting) => !setting.defaultInWords).map((setting) => [
      setting.name,
      setting.default,
    ]);
    for (const [name, value] of values) expect(listed).toContainEqual([name, value]);
  });
});
