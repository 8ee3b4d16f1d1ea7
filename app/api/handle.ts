import { z } from "zod";
import type { PersonActor } from "#lib/chat/actor.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import type { Scope } from "#lib/chat/token.ts";
import { type Runtime, runtime } from "#server/runtime.ts";
import { refusalResponse } from "./refusal-response.ts";

/** What a route asks of the caller: a token's scope; `session` is for people alone, `nobody` needs no account. */
type Needs = Scope | "session" | "nobody";

interface Call<Input> {
  actor: PersonActor;
  /** The body (or the query of a GET), parsed. */
  input: Input;
  param(name: string): string;
  headers: Headers;
  chat: Runtime["chat"];
  auth: Runtime["auth"];
}

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** A request that changes nothing. */
const SAFE = ["GET", "HEAD"];

/**
 * The one wrapper of every route handler: finds out who asks, refuses what another site sends with a cookie, parses, acts, and words
 * refusals. What the caller may do is decided by the chat, not here.
 */
export function handle<Input = undefined>(
  needs: Needs,
  schema: z.ZodType<Input> | undefined,
  act: (call: Call<Input>) => Promise<unknown>,
): (request: Request, context: RouteContext) => Promise<Response> {
  return async (request, context) => {
    try {
      const { chat, auth, count } = runtime();
      const actor = await admit(request, needs, auth);
      // Not before: another site's page must not use up what somebody may do.
      count(actor, request.headers, SAFE.includes(request.method) ? "reads" : "writes");
      const input = (schema ? schema.parse(await given(request)) : undefined) as Input;
      const params = await context.params;
      const answer = await act({
        actor,
        input,
        param: (name) => String(params[name]),
        headers: request.headers,
        chat,
        auth,
      });
      if (answer === undefined) return new Response(null, { status: 204, headers: HEADERS });
      return Response.json(answer, { status: request.method === "POST" ? 201 : 200, headers: HEADERS });
    } catch (error) {
      return refusalResponse(error instanceof z.ZodError ? misread(error) : error, request, HEADERS);
    }
  };
}

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

async function admit(request: Request, needs: Needs, auth: Runtime["auth"]): Promise<PersonActor> {
  const actor = await auth.actor(request.headers);
  const isForeign = !auth.sameOrigin(request.headers);
  // Without a cookie there is nothing another site could borrow, but a browser's Origin is still believed (A26).
  const mayLackOrigin = actor?.via !== "session" && !request.headers.has("origin");
  if (!SAFE.includes(request.method) && isForeign && actor?.via !== "token" && !mayLackOrigin)
    throw new Refusal("forbidden");
  // A route that needs nobody never looks at its actor.
  if (needs === "nobody") return actor as PersonActor;
  if (!actor) throw new Refusal("unauthenticated");
  if (actor.via === "token" && (needs === "session" || !actor.scopes.includes(needs))) throw new Refusal("forbidden");
  return actor;
}

async function given(request: Request): Promise<unknown> {
  if (SAFE.includes(request.method)) return Object.fromEntries(new URL(request.url).searchParams);
  const bytes = await request.arrayBuffer().catch(() => {
    throw new Refusal("malformed");
  });
  // A form of another site cannot PUT, and where everything in a body may be left out, so may the body.
  if (request.method === "PUT" && bytes.byteLength === 0) return {};
  // Nor can it send this type.
  if (!request.headers.get("content-type")?.startsWith("application/json")) throw new Refusal("unsupported");
  try {
    // http.ts lets no long one through; one that breaks off is as wrong as one that is no JSON.
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal("malformed");
  }
}

function misread(error: z.ZodError): Refusal {
  const issue = error.issues[0];
  const field = issue?.path[0];
  const isTooLong = issue?.code === "too_big" && issue.origin === "string";
  return new Refusal(isTooLong ? "too-long" : "malformed", field === undefined ? {} : { field: String(field) });
}
