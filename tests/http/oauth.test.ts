import { describe, expect, test } from "vitest";
import { oauthProvider, verifiedEmail } from "#server/auth/oauth.ts";

const EMAIL = "mina@example.com";

describe("an address is believed when its provider has verified it", () => {
  test.each([
    ["google", { email: EMAIL, email_verified: true }],
    ["github", { email: "public@example.com", verifiedEmail: EMAIL }],
    ["kakao", { kakao_account: { email: EMAIL, is_email_valid: true, is_email_verified: true } }],
  ])("%s", (provider, profile) => {
    expect(verifiedEmail(provider, profile)).toBe(EMAIL);
  });

  test("naver, for its own mailboxes", () => {
    expect(verifiedEmail("naver", { response: { email: "mina@naver.com" } })).toBe("mina@naver.com");
  });
});

describe("an address that anybody could have written there is nobody's", () => {
  test.each([
    ["google", { email: EMAIL, email_verified: false }],
    ["google", { email: EMAIL, email_verified: "true" }],
    ["github", { email: EMAIL }],
    ["kakao", { kakao_account: { email: EMAIL, is_email_valid: true, is_email_verified: false } }],
    ["kakao", { kakao_account: { email: EMAIL, is_email_valid: false, is_email_verified: true } }],
    ["kakao", {}],
    ["naver", { response: { email: EMAIL } }],
    ["naver", { response: { email: "mina@naver.com.evil.example" } }],
    ["another", { email: EMAIL, email_verified: true }],
  ])("%s %j", (provider, profile) => {
    expect(verifiedEmail(provider, profile)).toBeUndefined();
  });
});

test.each(["github", "google", "kakao", "naver"] as const)("%s is a provider of next-auth's own", (id) => {
  expect(oauthProvider({ id, clientId: "one", clientSecret: "two" })).toMatchObject({
    id,
    type: "oauth",
    options: { clientId: "one" },
  });
});
