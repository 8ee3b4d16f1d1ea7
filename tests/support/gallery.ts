import { type Browser, type BrowserContextOptions, test as base, type Page } from "@playwright/test";
import type { Language } from "#lib/chat/person.ts";
import { catalogOf } from "#lib/i18n/catalogs.ts";
import { browserCookies } from "./browser-cookies.ts";
import { converse, thinkAgain } from "./conversation.ts";
import { type Account, ask, claim, createRoom, invite, lobby, PLACE_NAME } from "./place.ts";
import type { Screen, Stage } from "./screens.ts";
import { startServer, type TestServer } from "./server.ts";
import { watchPage } from "./watch-page.ts";

export interface Look {
  width: number;
  theme: "light" | "dark";
  language: Language;
}

/** A furnished place, shared by the tests of one worker, since nobody changes anything in it. */
export interface Gallery {
  /** Opens a screen in a browser of its own, hands it over, and tells what the browser complained about. */
  visit(screen: Screen, look: Look, look_at: (page: Page) => Promise<void>): Promise<string[]>;
}

const HEIGHT = { 390: 844, 820: 1180, 1440: 900 } as Record<number, number>;

export const test = base.extend<object, { gallery: Gallery }>({
  gallery: [
    async ({ browser }, use) => {
      const [fresh, furnished] = await Promise.all([startServer(), startServer()]);
      const { admin, stage } = await furnish(furnished);
      await use({
        visit: (screen, look, act) => visit(browser, { fresh, furnished, admin, stage }, screen, look, act),
      });
      await Promise.all([fresh.stop(), furnished.stop()]);
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

async function furnish(server: TestServer) {
  const admin = await claim(server, "미나", "mina@example.com");
  const jun = await invite(server, admin, "준", "jun@example.com");
  await invite(server, admin, "Maximiliane Wolkenstein-Trostburg", "maxi@example.com");
  const room = await lobby(server, admin);
  const quiet = await createRoom(server, admin, { name: "조용한 방", topic: "아직 아무도 말하지 않은 방" });
  await createRoom(server, admin, { name: "운영", kind: "admins" });
  await createRoom(server, admin, {
    name: "디자인과 개발이 함께 보는 아주 긴 이름의 방 2026년 하반기",
    kind: "members",
  });
  await converse(server, room.id, [admin, jun]);
  await thinkAgain(server, room.id, admin, { edited: 1, deleted: 3 });
  const { body: invitation } = await ask<{ code: string }>(server, admin, "POST", "/api/invites", {});
  const stage = { placeName: PLACE_NAME, room: room.id, quietRoom: quiet.id, inviteCode: invitation.code };
  return { admin, stage };
}

interface Houses {
  fresh: TestServer;
  furnished: TestServer;
  admin: Account;
  stage: Omit<Stage, "words">;
}

async function visit(
  browser: Browser,
  { fresh, furnished, admin, stage }: Houses,
  screen: Screen,
  { width, theme, language }: Look,
  act: (page: Page) => Promise<void>,
): Promise<string[]> {
  const server = screen.as === "first" ? fresh : furnished;
  const options: BrowserContextOptions = {
    baseURL: server.origin,
    viewport: { width, height: HEIGHT[width] ?? 900 },
    colorScheme: theme,
    locale: language === "ko" ? "ko-KR" : "en-US",
    timezoneId: "Asia/Seoul",
    reducedMotion: "reduce",
    hasTouch: width < 500,
    isMobile: width < 500,
  };
  const context = await browser.newContext(options);
  if (screen.as === "admin") await context.addCookies(browserCookies(admin, server));
  const offences = watchPage(context);
  const page = await context.newPage();
  await screen.open(page, { ...stage, words: catalogOf(language) });
  await page.evaluate(() => document.fonts.ready);
  await act(page);
  await context.close();
  return offences;
}
