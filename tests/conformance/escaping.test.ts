import { describe, expect } from "vitest";
import { rule, withBareBroker } from "./bare-broker.ts";
import { FROM_1_1, somewhere } from "./exchange.ts";
import { openListener, received, refused, rejected, relayed } from "./listening.ts";

describe("headers of frames", () => {
  withBareBroker();

  rule(
    "C23",
    async (trial) => {
      // 1.0 shows what was decoded: it has no escapes, and a line end it cannot carry becomes a space.
      const { lines } = await relayed(trial, "x:a\\nb\\cc\\\\d", "1.0");
      expect(lines).toContainEqual(["x", "a b:c\\d"]);
      // The same destination, however it was written.
      const topic = somewhere("topic");
      const listener = await openListener(trial, `${topic}\\ca`);
      const peer = await trial.connect();
      peer.send(`SEND\ndestination:${topic}:a\n\nraw`, `SEND\ndestination:${topic}\\ca\n\nescaped`);
      expect(await received(listener, 2)).toEqual(["raw", "escaped"]);
    },
    { versions: FROM_1_1 },
  );

  rule(
    "C24",
    async (trial) => {
      const { lines } = await relayed(trial, "x:a\\rb", "1.1");
      expect(lines).toContainEqual(["x", "a\rb"]);
    },
    { versions: ["1.2"] },
  );

  rule(
    "C25",
    async (trial) => {
      await rejected(trial, "x:a\\rb");
      await rejected(trial, "x\\ry:a");
    },
    { versions: ["1.1"] },
  );

  rule(
    "C26",
    async (trial) => {
      for (const line of ["x:a\\tb", "x:\\x", "x:\\C", "x:\\한", "x:end\\", "x:\\\\\\", "x\\ty:a", "x\\:a"])
        await rejected(trial, line);
    },
    { versions: FROM_1_1 },
  );

  rule(
    "C27",
    async (trial) => {
      // A name of 1.0 can hold no colon.
      const { lines } = await relayed(trial, "a\\cb:1\na\\\\b:2", "1.0");
      expect(lines).toContainEqual(["a b", "1"]);
      expect(lines).toContainEqual(["a\\b", "2"]);
      expect((await relayed(trial, "a\\cb\\\\:1")).lines).toContainEqual(["a\\cb\\\\", "1"]);
    },
    { versions: FROM_1_1 },
  );

  rule(
    "C28",
    async (trial) => {
      const { lines } = await relayed(trial, "x:a\\\\nb\ny:\\\\\\n\\\\c", "1.0");
      expect(lines).toContainEqual(["x", "a\\nb"]);
      expect(lines).toContainEqual(["y", "\\ \\c"]);
    },
    { versions: FROM_1_1 },
  );

  rule(
    "C29",
    async (trial) => {
      expect((await relayed(trial, "x:a\\nb\\cc\\\\d\\t\\")).lines).toContainEqual(["x", "a\\nb\\cc\\\\d\\t\\"]);
      const { lines } = await relayed(trial, "a\\c:a\\nb\\", "1.2");
      expect(lines).toContainEqual(["a\\\\c", "a\\\\nb\\\\"]);
    },
    { versions: ["1.0"] },
  );

  rule("C31", async (trial) => {
    const everything = "a\\cb:1\\n2\\r3\\c4\\\\5";
    const seenIn = async (version: "1.0" | "1.1" | "1.2") => (await relayed(trial, everything, version)).lines;
    expect(await seenIn("1.2")).toContainEqual(["a\\cb", "1\\n2\\r3\\c4\\\\5"]);
    expect(await seenIn("1.1")).toContainEqual(["a\\cb", "1\\n2\r3\\c4\\\\5"]);
    expect(await seenIn("1.0")).toContainEqual(["a b", "1 2 3:4\\5"]);
  });
});

describe("CONNECT, STOMP and CONNECTED", () => {
  const passcode = "a:b\\cc\\t\\";
  const name = "Broker/1.0 at:home \\o/";
  withBareBroker({ passcode: { login: "guest", passcode }, name });

  for (const command of ["CONNECT", "STOMP"])
    rule(
      "C30",
      async ({ open, version }) => {
        const login = async (secret: string) => {
          const peer = await open();
          peer.send(`${command}\naccept-version:${version}\nhost:a\nlogin:guest\npasscode:${secret}\n\n`);
          return peer;
        };
        const { command: answer, lines } = await (await login(passcode)).next();
        expect(answer).toBe("CONNECTED");
        expect(lines).toContainEqual(["server", name]);
        await refused(await login(passcode.replaceAll("\\", "\\\\").replaceAll(":", "\\c")));
      },
      { versions: FROM_1_1, about: command },
    );
});
