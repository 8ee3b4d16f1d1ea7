import { isRefusalCode, Refusal } from "#lib/chat/refusal.ts";

/**
 * Signs in through next-auth's own routes: the cookie is set when it returns. Throws a Refusal: `unauthenticated` for a wrong address or
 * password, `rate-limited` after too many tries, `busy` when the server cannot be reached.
 */
export async function signIn(email: string, password: string): Promise<void> {
  await post("callback/credentials", { email, password });
}

/** Leaves for a provider's own sign-in page ("kakao", "naver", "google", "github"), which comes back to the path `next`. */
export async function signInWith(provider: string, next: string): Promise<void> {
  location.assign(await post(`signin/${provider}`, { callbackUrl: new URL(next, location.origin).href }));
}

/**
 * Signs this device out: the session is revoked and its live connections close. `wipe` takes away what the browser keeps, once the server is known to
 * be there (who cannot be signed out loses nothing), and before the session ends, because its end leads away from the page. Throws as signIn does.
 */
export async function signOut(wipe: () => Promise<void>): Promise<void> {
  const csrfToken = await csrf();
  await wipe();
  await post("signout", {}, csrfToken);
}

// next-auth/react would do the same with a session context nobody needs here.
async function post(route: string, values: Record<string, string>, csrfToken?: string): Promise<string> {
  const body = new URLSearchParams({
    callbackUrl: location.origin,
    ...values,
    csrfToken: csrfToken ?? (await csrf()),
    json: "true",
  });
  const { url } = await ask(`/api/auth/${route}`, { method: "POST", body });
  if (typeof url !== "string" || !URL.canParse(url)) throw new Refusal("busy");
  const error = new URL(url).searchParams.get("error");
  if (error) throw new Refusal(isRefusalCode(error) ? error : "unauthenticated");
  return url;
}

async function csrf(): Promise<string> {
  const { csrfToken } = await ask("/api/auth/csrf");
  if (typeof csrfToken !== "string") throw new Refusal("busy");
  return csrfToken;
}

async function ask(path: string, init?: RequestInit): Promise<{ csrfToken?: unknown; url?: unknown }> {
  const response = await fetch(path, { credentials: "same-origin", ...init }).catch(() => undefined);
  if (!response) throw new Refusal("busy", { field: "connection" });
  if (response.status === 429) throw new Refusal("rate-limited", retryAfterOf(response));
  return (await response.json().catch(() => undefined)) ?? {};
}

function retryAfterOf(response: Response): { retryAfter?: number } {
  const seconds = Number(response.headers.get("retry-after"));
  return seconds > 0 ? { retryAfter: seconds } : {};
}
