import { isRefusal, type RefusalCode } from "#lib/chat/refusal.ts";
import { common } from "#lib/i18n/en/common.ts";
import { refusals } from "#lib/i18n/en/refusals.ts";
import { wordReason } from "#lib/i18n/word-refusal.ts";
import { runtime } from "#server/runtime.ts";

const STATUS: Record<RefusalCode, number> = {
  unauthenticated: 401,
  expired: 401,
  forbidden: 403,
  "not-found": 404,
  archived: 409,
  "read-only": 409,
  "too-long": 400,
  malformed: 400,
  unsupported: 400,
  "rate-limited": 429,
  busy: 503,
  "shutting-down": 503,
};

/** A refusal as `{code, message, field?, retryAfter?}`; anything else is a defect: logged once, and told as nothing but 500. */
export function refusalResponse(error: unknown, request: Request, headers: Record<string, string>): Response {
  if (!isRefusal(error)) {
    runtime().log.error({ err: error, method: request.method, path: new URL(request.url).pathname }, "A route failed");
    return Response.json({ code: "busy", message: refusals.busy }, { status: 500, headers });
  }
  const { code, field, retryAfter } = error;
  const further: Record<string, string> = {};
  if (retryAfter !== undefined) further["retry-after"] = String(Math.ceil(retryAfter));
  if (STATUS[code] === 401) further["www-authenticate"] = "Bearer";
  return Response.json(
    { code, message: wordReason(common, error) ?? refusals[code], field, retryAfter },
    { status: STATUS[code], headers: { ...headers, ...further } },
  );
}
