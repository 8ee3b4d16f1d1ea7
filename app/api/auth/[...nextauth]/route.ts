import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { Refusal } from "#lib/chat/refusal.ts";
import { runtime } from "#server/runtime.ts";
import { refusalResponse } from "../../refusal-response.ts";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** `_log` is missing: it would let anybody write into the log. */
const ACTIONS = ["csrf", "providers", "session", "signin", "callback", "signout", "error"];

async function auth(request: NextRequest, context: RouteContext): Promise<Response> {
  const { auth } = runtime();
  const [action] = (await context.params).nextauth;
  if (!action || !ACTIONS.includes(action)) return refusalResponse(new Refusal("not-found"), request, {});
  // next-auth asks for its own token in every POST; a foreign Origin is refused besides (A26).
  const isForeign = request.headers.has("origin") && !auth.sameOrigin(request.headers);
  if (request.method === "POST" && isForeign) return refusalResponse(new Refusal("forbidden"), request, {});
  return NextAuth(request as never, context as never, auth.options(request.headers));
}

export { auth as GET, auth as POST };
