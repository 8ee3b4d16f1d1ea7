import { readdirSync, readFileSync } from "node:fs";
import { type Browser, expect, type Page } from "@playwright/test";
import { browserCookies } from "#tests/support/browser-cookies.ts";
import { test } from "#tests/support/people.ts";
import { type Account, ask, lobby } from "#tests/support/place.ts";
import { RoomPage } from "#tests/support/room-page.ts";
import type { TestServer } from "#tests/support/server.ts";
import { replayTrace } from "#tests/traces/replay-trace.ts";
import type { Trace } from "#tests/traces/trace.ts";

const FOLDER = "tests/traces";
const TRACES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name): Trace => JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8")));

// As fast as a machine replays them, not as a person types.
test.use({ settings: { SEND_BURST: "1000", SEND_RATE: "1000" } });

for (const { what, enterSends, touch } of [
  { what: "a desktop where Enter sends", enterSends: true, touch: false },
  { what: "a desktop where Enter breaks the line", enterSends: false, touch: false },
  { what: "a phone", enterSends: true, touch: true },
]) {
  const mode = enterSends ? "sends" : "breaks";
  const traces = TRACES.filter((trace) => trace.enter === mode && trace.touch === touch);
  test(`what each platform sends to the composer on ${what} comes to one send each, and leaves what it should`, async ({
    browser,
    server,
    mina,
  }) => {
    await ask(server, mina, "PATCH", "/api/me", { preferences: { enterSends } });
    const room = await open(browser, server, mina, touch);
    const sent = textsSent(room.page);
    await room.enter((await lobby(server, mina)).id);
    let expected: string[] = [];
    for (const trace of traces) {
      await room.composer.fill(trace.start);
      const left = await room.composer.evaluate(replayTrace, trace);
      expect(left, `${trace.platform}: ${trace.claim}`).toBe(trace.left);
      expected = [...expected, ...trace.sent];
      await expect.poll(sent, `${trace.platform}: ${trace.claim}`).toEqual(expected);
    }
    expect(traces.length).toBeGreaterThan(0);
  });
}

async function open(browser: Browser, server: TestServer, account: Account, touch: boolean): Promise<RoomPage> {
  const viewport = touch ? { width: 390, height: 844 } : { width: 1280, height: 800 };
  const context = await browser.newContext({ baseURL: server.origin, viewport, hasTouch: touch, isMobile: touch });
  await context.addCookies(browserCookies(account, server));
  return new RoomPage(await context.newPage());
}

/** The texts of every message that left this page, in order; one that was sent again after a lost connection counts once. */
function textsSent(page: Page): () => string[] {
  const texts = new Map<string, string>();
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const frame = payload.toString();
      if (!/^SEND\n(?:.*\n)*?destination:\/app\/rooms\/\w+\/post\n/.test(frame)) return;
      const { clientId, text } = JSON.parse(frame.slice(frame.indexOf("\n\n") + 2).replace(/\0$/, ""));
      texts.set(clientId, text);
    }),
  );
  return () => [...texts.values()];
}
