import { expect } from "@playwright/test";
import { en } from "#lib/i18n/en.ts";
import { ko } from "#lib/i18n/ko.ts";
import { test } from "#tests/support/people.ts";
import { PLACE_NAME } from "#tests/support/place.ts";

test("준's browser sees no secure context, as on plain http from another device: his settings say once what that lacks", async ({
  jun,
}) => {
  const { page } = jun.room;
  await page.goto("/settings/profile");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(en.settings.plainHttp)).toHaveCount(0);
  await page.addInitScript(() => Object.defineProperty(window, "isSecureContext", { value: false }));
  await page.reload();
  await expect(page.getByText(en.settings.plainHttp)).toHaveCount(1);
});

test("the titles of 미나's settings name the page and the place", async ({ mina }) => {
  const { page } = mina.room;
  await page.goto("/settings/profile");
  await expect(page).toHaveTitle(`${ko.settings.profile.title} · ${PLACE_NAME}`);
  await page.goto("/settings/appearance");
  await expect(page).toHaveTitle(`${ko.settings.appearance.title} · ${PLACE_NAME}`);
});
