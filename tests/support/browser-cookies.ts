import type { Cookie } from "@playwright/test";
import type { Account } from "./place.ts";
import type { TestServer } from "./server.ts";

/** This account's session as Playwright's contexts take it: signed in without going through the form. */
export function browserCookies(
  { cookie }: Account,
  { origin }: TestServer,
): (Pick<Cookie, "name" | "value"> & { url: string })[] {
  return cookie.split("; ").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return { name, value: value.join("="), url: origin };
  });
}
