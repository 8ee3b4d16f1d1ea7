import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { z } from "zod";
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
  if (!(await isReadable(request))) return refusalResponse(new Refusal("malformed"), request, {});
  const answer: Response = await NextAuth(request as never, context as never, auth.options(request.headers));
  // Its word for "there is no such way in".
  return answer.status < 500 ? answer : refusalResponse(new Refusal("not-found"), request, {});
}

/** A body that next-auth would stumble over is JSON that is none, or holds anything but words. */
async function isReadable(request: NextRequest): Promise<boolean> {
  const isJson = request.headers.get("content-type")?.includes("application/json");
  if (request.method !== "POST" || !isJson) return true;
  return words.safeParse(
    await request
      .clone()
      .json()
      .catch(() => undefined),
  ).success;
}

const words = z.record(z.string(), z.string());

export { auth as GET, auth as POST };
