import type { Account, AuthOptions, Profile, User } from "next-auth";
import type { JWT } from "next-auth/jwt";
import { isRefusal, Refusal } from "#lib/chat/refusal.ts";
import type { Chat } from "#server/chat/chat.ts";
import type { CookieNames } from "./cookies.ts";
import { type ConfiguredProvider, oauthProvider, verifiedEmail } from "./oauth.ts";
import { type Visitor, visitorOf } from "./visitor.ts";

export interface AuthDependencies {
  chat: Chat;
  secret: string;
  cookies: CookieNames;
  providers: ConfiguredProvider[];
  /** Where a sign-in may lead back to. */
  ownOrigins(): string[];
  log: { error(details: object, message: string): void; debug(details: object, message: string): void };
}

/** Thirty days; the row in `sessions` decides, the cookie only may not live longer. */
const MAX_AGE = 30 * 24 * 60 * 60;

/** next-auth for one request. The JWT carries an opaque session id and nothing else (decision 6). */
export function authOptions(deps: AuthDependencies, headers: Headers): AuthOptions {
  const visitor = visitorOf(headers);
  return {
    secret: deps.secret,
    session: { strategy: "jwt", maxAge: MAX_AGE },
    useSecureCookies: deps.cookies.isSecure,
    cookies: deps.cookies.options,
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [passwordProvider(deps.chat, visitor), ...deps.providers.map(oauthProvider)],
    callbacks: {
      signIn: (sign) => signIn(deps.chat, visitor, sign),
      jwt: ({ token, user }) => jwt(deps.chat, token, user as SignedIn | undefined),
      redirect: ({ url, baseUrl }) => leadBack(url, baseUrl, deps.ownOrigins()),
    },
    events: { signOut: ({ token }) => deps.chat.sessions.close(String(token?.sid)) },
    logger: {
      error: (code, details) => report(deps.log, code, details),
      warn: (code) => deps.log.debug({ code }, "next-auth warns"),
    },
  };
}

/** What next-auth hands from authorize and signIn to jwt. */
interface SignedIn extends User {
  session?: string;
}

function passwordProvider(chat: Chat, visitor: Visitor): AuthOptions["providers"][number] {
  return {
    id: "credentials",
    name: "Password",
    type: "credentials",
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(given) {
      const { email, password } = given ?? {};
      try {
        if (typeof email !== "string" || typeof password !== "string") throw new Refusal("unauthenticated");
        const { session, person } = await chat.sessions.open({ email, password, ...visitor });
        return { id: person.id, session } as SignedIn;
      } catch (error) {
        // next-auth passes on an error's message as `?error=`; the page words codes.
        throw isRefusal(error) ? new Error(error.code, { cause: error }) : error;
      }
    },
  };
}

async function signIn(
  chat: Chat,
  visitor: Visitor,
  { user, account, profile }: { user: SignedIn; account: Account | null; profile?: Profile },
): Promise<boolean | string> {
  if (account?.type !== "oauth") return true;
  const email = verifiedEmail(account.provider, profile);
  if (!email) return turnedAway("email-unverified");
  try {
    const opened = await chat.sessions.openVerified({ email, ...visitor });
    // No account is made here: an invite makes accounts, and the page says so.
    if (!opened) return turnedAway("invite-needed");
    user.session = opened.session;
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return turnedAway(error.code === "forbidden" ? "suspended" : error.code);
  }
}

// What the page words: components/auth/word-sign-in-error.ts.
const turnedAway = (error: string) => `/sign-in?error=${error}`;

async function jwt(chat: Chat, token: JWT, user: SignedIn | undefined): Promise<JWT> {
  if (user) return { sid: user.session };
  // Asked by GET /api/auth/session: a revoked session is nobody's, and its cookie is cleared.
  if (!(await chat.sessions.actor(String(token.sid)))) throw new Refusal("expired");
  return { sid: token.sid };
}

function leadBack(url: string, baseUrl: string, ownOrigins: string[]): string {
  if (url.startsWith("/") && !url.startsWith("//")) return `${baseUrl}${url}`;
  return URL.canParse(url) && ownOrigins.includes(new URL(url).origin) ? url : baseUrl;
}

function report(log: AuthDependencies["log"], code: string, details: unknown): void {
  // Tampered and outlived cookies are everyday.
  if (code === "JWT_SESSION_ERROR" || code === "SIGNOUT_ERROR")
    log.debug({ code }, "A session cookie was not accepted");
  else log.error({ code, err: (details as { error?: unknown })?.error ?? details }, "Signing in failed");
}
