import { expect } from "@playwright/test";
import { en } from "#lib/i18n/en.ts";
import { ko } from "#lib/i18n/ko.ts";
import { test } from "#tests/support/people.ts";
import { createRoom, lobby } from "#tests/support/place.ts";
import { connectAs, post } from "#tests/support/talk.ts";

test.use({ settings: { SEND_BURST: "1000" } });

test("미나 finds 프로젝트 by 젝트, goes to it in its room, and back to what she had found", async ({
  server,
  mina,
}) => {
  const { id } = await lobby(server, mina);
  const wire = await connectAs(server, mina);
  await post(wire, id, "프로젝트의 **검색 기능**을 배포합니다");
  for (let line = 1; line <= 60; line++) await post(wire, id, `이야기 ${line}.`);
  const { page } = mina.room;
  await mina.room.enter(id);
  await page.keyboard.press("Control+Shift+F");
  await expect(page).toHaveURL(`${server.origin}/search`);
  const field = page.getByRole("searchbox", { name: ko.search.label });
  await expect(field).toBeFocused();
  await field.fill("젝트 검색기능");
  await field.press("Enter");
  const hit = page.getByTestId("search-hit");
  await expect(hit).toHaveCount(1);
  await expect(hit.locator("mark")).toHaveText(["젝트", "검색 기능"]);
  await hit.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/rooms/${id}/\\d+$`));
  await expect(mina.room.message("프로젝트의").and(page.locator("[data-marked]"))).toBeInViewport();
  await page.goBack();
  await expect(hit).toHaveCount(1);
  await expect(field).toHaveValue("젝트 검색기능");
});

test("준 finds nothing of a room he is not in, is told when nobody has a name, and everything by pages", async ({
  server,
  mina,
  jun,
}) => {
  const { id } = await lobby(server, mina);
  const secret = await createRoom(server, mina, { name: "비밀", kind: "members" });
  const wire = await connectAs(server, mina);
  await post(wire, secret.id, "도토리는 여기");
  for (let line = 1; line <= 25; line++) await post(wire, id, `회의 ${line}.`);
  const { page } = jun.room;
  await page.goto(`/search?q=${encodeURIComponent("도토리")}`);
  await expect(page.getByRole("heading", { name: en.search.none("도토리") })).toBeVisible();
  await page.goto(`/search?q=${encodeURIComponent("from:하은 회의")}`);
  await expect(page.getByText(en.search.unclear.from("하은"))).toBeVisible();
  await page.goto(`/search?q=${encodeURIComponent("회의")}`);
  await expect(page.getByTestId("search-hit")).toHaveCount(20);
  await page.getByRole("button", { name: en.search.more }).click();
  await expect(page.getByTestId("search-hit")).toHaveCount(25);
  await expect(page.getByRole("button", { name: en.search.more })).toHaveCount(0);
});

test("without a connection 미나 is told so, and her search goes on when it is back", async ({ mina, server }) => {
  const { id } = await lobby(server, mina);
  const wire = await connectAs(server, mina);
  await post(wire, id, "내일 회의를 합시다");
  const { page } = mina.room;
  await page.goto("/search");
  const field = page.getByRole("searchbox", { name: ko.search.label });
  // By then its code is there.
  await expect(field).toBeFocused();
  await mina.context.setOffline(true);
  await field.fill("회의");
  await field.press("Enter");
  await expect(page.getByRole("main").getByRole("alert")).toContainText(ko.common.unreachable);
  await mina.context.setOffline(false);
  await page.getByRole("button", { name: ko.search.retry }).click();
  await expect(page.getByTestId("search-hit")).toHaveCount(1);
});

test("Enter that ends a syllable searches once, with the whole word", async ({ mina, server }) => {
  const { id } = await lobby(server, mina);
  const wire = await connectAs(server, mina);
  await post(wire, id, "회의를 합시다");
  const { page } = mina.room;
  await page.goto("/search");
  await expect(page.getByRole("searchbox", { name: ko.search.label })).toBeFocused();
  const asked: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname === "/api/search") asked.push(url.searchParams.get("q") ?? "");
  });
  const ime = await mina.context.newCDPSession(page);
  await ime.send("Input.imeSetComposition", { text: "회", selectionStart: 1, selectionEnd: 1 });
  await ime.send("Input.insertText", { text: "회" });
  await ime.send("Input.imeSetComposition", { text: "의", selectionStart: 1, selectionEnd: 1 });
  await ime.send("Input.dispatchKeyEvent", {
    type: "rawKeyDown",
    key: "Process",
    code: "Enter",
    windowsVirtualKeyCode: 229,
  });
  await ime.send("Input.insertText", { text: "의" });
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("search-hit")).toHaveCount(1);
  expect(asked).toEqual(["회의"]);
});
