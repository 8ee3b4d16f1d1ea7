import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ended } from "#tests/support/command.ts";
import { freePort } from "#tests/support/free-port.ts";

const SARANGBANG = join(import.meta.dirname, "../../bin/sarangbang");
const ANY_PORT = ["--ws-port", "0"];
const PATIENCE = 60_000;

/** Starts a broker; if it listens it is ended as Ctrl+C would, after what is done `before` that. */
function start(words: string[], env = {}, before = async (_listens: string) => {}): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const child = spawn(SARANGBANG, ["broker", ...words], { env: { PATH, HOME, NODE_ENV: "production", ...env } });
  const ended: Ended = { code: null, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    ended.out += text;
    before(text).finally(() => child.kill("SIGINT"));
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    ended.err += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...ended, code }));
  });
}

describe.concurrent("what the broker cannot be asked for is one sentence and exit code 1", () => {
  const path = "It begins with a slash and is written as in an address, such as /ws or /%ED%95%9C.";
  const bytes = "It is a number from 1024 to 536870912.";
  const refused: [words: string[], says: string][] = [
    [["--ws-path", "ws"], path],
    [["--ws-path", ""], path],
    [["--ws-path", "//ws"], path],
    [["--ws-path", "/ws?a=b"], path],
    [["--ws-path", "/a b"], path],
    [["--ws-path", "/사랑방"], path],
    [["--ws-path", "/a/../ws"], path],
    [["--host", ""], "It is an address of this machine, such as 127.0.0.1 or 0.0.0.0."],
    [["--max-frame-bytes", "1023"], bytes],
    [["--max-frame-bytes", "0"], bytes],
    [["--max-frame-bytes", "4M"], bytes],
    [["--max-frame-bytes", "536870913"], bytes],
    [["--insecure-anonymous"], "--passcode and --insecure-anonymous contradict each other: leave one of them out."],
  ];
  for (const [words, says] of refused)
    test(
      `broker ${words.map((word) => JSON.stringify(word)).join(" ")}`,
      async () => {
        const { code, out, err } = await start(["--passcode", "secret", ...ANY_PORT, ...words]);
        expect({ code, out }).toEqual({ code: 1, out: "" });
        expect(err.split("\n")[0]).toMatch(new RegExp(`(^|is invalid\\. )${RegExp.escape(says)}$`));
      },
      PATIENCE,
    );
});

describe.concurrent("who may come in", () => {
  const listens = expect.stringMatching(/^The broker listens at ws:\/\/\S+:\d+\/ws\n$/);
  const anonymous = "--insecure-anonymous";

  test(
    "the broker of this machine alone starts without a word of warning",
    async () => {
      const { out, err } = await start([...ANY_PORT, anonymous]);
      expect({ out, err }).toEqual({ out: listens, err: "" });
    },
    PATIENCE,
  );

  test(
    "everybody on a host that others can reach is worth one line",
    async () => {
      const { out, err } = await start([...ANY_PORT, anonymous, "--host", "0.0.0.0"]);
      const warning =
        "Whoever can reach 0.0.0.0 can read and send everything: --insecure-anonymous asks for no passcode.\n";
      expect({ out, err }).toEqual({ out: listens, err: warning });
      expect((await start([...ANY_PORT, "--passcode", "secret", "--host", "0.0.0.0"])).err).toBe("");
    },
    PATIENCE,
  );

  test(
    "a passcode in the environment counts, and that is said",
    async () => {
      const { out, err } = await start([...ANY_PORT, anonymous, "--host", "0.0.0.0"], {
        SARANGBANG_PASSCODE: "secret",
      });
      const notice = "SARANGBANG_PASSCODE is set and counts: --insecure-anonymous lets nobody in without it.\n";
      expect({ out, err }).toEqual({ out: listens, err: notice });
    },
    PATIENCE,
  );
});

test(
  "Ctrl+C tells those who are connected, and says so",
  async () => {
    const { code, err } = await start([...ANY_PORT, "--tcp-port", "0", "--insecure-anonymous"], {}, async (listens) => {
      const mina = connect(Number(/stomp:\/\/127\.0\.0\.1:(\d+)/.exec(listens)?.[1]), "127.0.0.1");
      mina.write("CONNECT\naccept-version:1.2\nhost:a\n\n\0");
      await once(mina, "data");
    });
    expect({ code, err }).toEqual({ code: 0, err: "Stopping: one client is told.\n" });
  },
  PATIENCE,
);

describe("a port that is taken", () => {
  const other = createServer();
  let taken: number;
  beforeAll(async () => {
    taken = await freePort();
    await new Promise<void>((resolve) => other.listen(taken, "127.0.0.1", resolve));
  });
  afterAll(() => other.close());

  test(
    "ends the broker, whichever of its two it is",
    async () => {
      const free = await freePort();
      for (const [ws, tcp, port, option] of [
        [taken, free, taken, "--ws-port"],
        [free, taken, taken, "--tcp-port"],
        [free, free, free, "--tcp-port"],
      ] as const) {
        const ended = await start(["--passcode", "secret", "--ws-port", `${ws}`, "--tcp-port", `${tcp}`]);
        expect(ended).toEqual({ code: 1, out: "", err: `Port ${port} is taken: choose another with ${option}.\n` });
      }
    },
    PATIENCE,
  );
});
