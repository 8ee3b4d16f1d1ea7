import { type NextRequest, NextResponse } from "next/server";

/**
 * Gives every page a policy with a nonce of its own; Next finds it in the request and puts it on its scripts. It is no lock: every page and
 * route handler asks the chat itself (decision 10).
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
  const policy = contentSecurityPolicy(nonce, request.headers.get("host") ?? "");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  // Not what is no page: the API has a policy of its own, static files need none.
  matcher: ["/((?!api/|_next/static/|_next/image|fonts/|icons/|favicon.ico).*)"],
};

function contentSecurityPolicy(nonce: string, host: string): string {
  // React rebuilds server stacks with eval, in development only.
  const development = process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    // UI libraries set styles on elements; a style cannot act.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // Some browsers do not take 'self' for WebSockets.
    `connect-src 'self' ws://${host} wss://${host}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
