import { type Browser, type BrowserContext, type BrowserContextOptions, test as base, expect } from "@playwright/test";
import { browserCookies } from "./browser-cookies.ts";
import { type Account, claim, invite } from "./place.ts";
import { RoomPage } from "./room-page.ts";
import { startServer, type TestServer } from "./server.ts";
import { watchPage } from "./watch-page.ts";

/** A person in a browser of their own: account, context, and the page they look at. */
export interface Guest extends Account {
  context: BrowserContext;
  room: RoomPage;
}

interface People {
  /** Environment of the server, where a test needs it otherwise: `test.use({ settings: { SEND_BURST: "1000" } })`. */
  settings: Record<string, string>;
  /** A server of this test's own, empty. */
  server: TestServer;
  /** 미나, admin, her browser in Korean. */
  mina: Guest;
  /** 준, member, his browser in English. */
  jun: Guest;
}

/** Two people are two browser contexts. Whoever is named by a test has an account and is signed in. */
export const test = base.extend<People>({
  settings: [{}, { option: true }],
  server: async ({ settings }, use) => {
    const server = await startServer({ env: settings });
    await use(server);
    await server.stop();
  },
  mina: async ({ server, browser }, use) => {
    const account = await claim(server, "미나", "mina@example.com");
    await visit(browser, server, account, { locale: "ko-KR", timezoneId: "Asia/Seoul" }, use);
  },
  jun: async ({ server, browser, mina }, use) => {
    const account = await invite(server, mina, "준", "jun@example.com");
    await visit(browser, server, account, { locale: "en-US", timezoneId: "Asia/Seoul" }, use);
  },
});

/** Hands over a signed-in browser, and afterwards sees that no page of it broke a rule or threw. */
export async function visit(
  browser: Browser,
  server: TestServer,
  account: Account,
  options: BrowserContextOptions,
  use: (guest: Guest) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ ...options, baseURL: server.origin });
  await context.addCookies(browserCookies(account, server));
  const offences = watchPage(context);
  await use({ ...account, context, room: new RoomPage(await context.newPage()) });
  await context.close();
  expect(offences, `what ${account.name}'s browser complained about`).toEqual([]);
}
