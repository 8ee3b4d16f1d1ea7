import type { CookiesOptions } from "next-auth";

/** What next-auth's reader and writer must agree on: getToken never finds a renamed cookie by itself, so the names are passed everywhere. */
export interface CookieNames {
  isSecure: boolean;
  session: string;
  options: Partial<CookiesOptions>;
}

/** Under https every cookie is `__Host-`: bound to this host, this path, and to encryption. */
export function cookieNames(origin: string): CookieNames {
  const isSecure = origin.startsWith("https://");
  const cookie = (name: string, maxAge?: number) => ({
    name: `${isSecure ? "__Host-" : ""}next-auth.${name}`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure, maxAge },
  });
  const options = {
    sessionToken: cookie("session-token"),
    callbackUrl: cookie("callback-url"),
    csrfToken: cookie("csrf-token"),
    // A sign-in with a provider that takes longer than a quarter of an hour starts again.
    pkceCodeVerifier: cookie("pkce.code_verifier", 900),
    state: cookie("state", 900),
    nonce: cookie("nonce"),
  };
  return { isSecure, session: options.sessionToken.name, options };
}
