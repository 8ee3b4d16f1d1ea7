import { expect } from "@playwright/test";
import { oddRequests, unanswered } from "#tests/support/odd-requests.ts";
import { test } from "#tests/support/people.ts";

// Everything that Next itself answers: pages, its own files, next-auth's routes. The API's are in tests/attacks.
const ROUTES = [
  ...[
    "/",
    "/[x]",
    "/rooms",
    "/rooms/[id]",
    "/rooms/[id]/[x]",
    "/join/[code]",
    "/sign-in",
    "/setup",
    "/settings/[x]",
    "/api/[x]",
  ],
  ...[
    "/api/auth/[x]",
    "/api/auth/csrf",
    "/api/auth/session",
    "/api/auth/providers",
    "/api/auth/signin/[x]",
    "/api/auth/signout",
  ],
  ...[
    "/api/auth/callback/credentials",
    "/api/auth/callback/[x]",
    "/api/auth/error",
    "/api/rooms/[id]",
    "/api/rooms/[id]/messages",
  ],
  ...["/_next/static/[x]", "/_next/image", "/_next/data/[x]", "/_next/[x]", "/fonts/[x]", "/[x]/[x]"],
];

// A 429 would hide what it stands before.
test.use({ settings: { WRITE_BURST: "100000", READ_BURST: "100000" } });

test("no address, header or body that 준 can make up gets a 5xx or no answer from a page", async ({ server, mina }) => {
  const requests = oddRequests(ROUTES, `localhost:${server.port}`, mina.cookie);
  expect(await unanswered(server.port, requests)).toEqual([]);
  expect(server.output()).not.toMatch(/failed|Error| {4}at /);
});

test("an address that cannot be read is a page that says so, in 미나's language", async ({ server, mina }) => {
  const page = await mina.context.newPage();
  const answer = await page.goto(`${server.origin}/rooms/%E0%A4%A`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 }).last()).toBeVisible();
  expect(await page.locator("html").getAttribute("lang")).toBe("ko");
});
