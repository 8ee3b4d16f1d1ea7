import { createRequire } from "node:module";
import type { OAuthConfig } from "next-auth/providers/oauth";

export interface ConfiguredProvider {
  id: "github" | "google" | "kakao" | "naver";
  clientId: string;
  clientSecret: string;
}

export const PROVIDER_NAMES = { github: "GitHub", google: "Google", kakao: "Kakao", naver: "Naver" } as const;

// next-auth is CommonJS: under Node's own ESM a default export sits one `.default` deeper than under a bundler, and require is the same in both.
const require = createRequire(import.meta.url);

/** next-auth's own provider, with the addresses that its owner has verified. */
export function oauthProvider({ id, clientId, clientSecret }: ConfiguredProvider): OAuthConfig<unknown> {
  const provider = require(`next-auth/providers/${id}`).default({ clientId, clientSecret });
  if (id !== "github") return provider;
  return { ...provider, userinfo: { ...provider.userinfo, request: githubProfile } };
}

/** The address the provider vouches for; undefined when it does not, because anybody could then claim anybody's. */
export function verifiedEmail(provider: string, profile: unknown): string | undefined {
  const given = profile as Profile;
  if (provider === "google") return given.email_verified === true ? given.email : undefined;
  if (provider === "github") return given.verifiedEmail;
  if (provider === "kakao") {
    const account = given.kakao_account;
    return account?.is_email_valid && account.is_email_verified ? account.email : undefined;
  }
  // Naver does not say whether a contact address was verified; a mailbox of its own needs no saying.
  if (provider === "naver") return given.response?.email?.endsWith("@naver.com") ? given.response.email : undefined;
  return undefined;
}

interface Profile {
  email?: string;
  email_verified?: boolean;
  verifiedEmail?: string;
  kakao_account?: { email?: string; is_email_valid?: boolean; is_email_verified?: boolean };
  response?: { email?: string };
}

// next-auth falls back on the first address, verified or not.
async function githubProfile({ client, tokens }: GithubRequest): Promise<object> {
  const profile = await client.userinfo(tokens.access_token as string);
  const answer = await fetch("https://api.github.com/user/emails", {
    headers: { Authorization: `token ${tokens.access_token}` },
  });
  const emails = answer.ok ? ((await answer.json()) as GithubEmail[]) : [];
  return { ...profile, verifiedEmail: emails.find((email) => email.primary && email.verified)?.email };
}

interface GithubRequest {
  client: { userinfo(token: string): Promise<object> };
  tokens: { access_token?: string };
}

interface GithubEmail {
  email: string;
  primary: boolean;
  verified: boolean;
}
