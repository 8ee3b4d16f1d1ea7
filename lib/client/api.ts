import { isRefusalCode, Refusal } from "#lib/chat/refusal.ts";

/**
 * Calls the HTTP API of this site with the session cookie. Answers the parsed body, undefined for 204. Throws a Refusal with the server's
 * code, field and seconds (retryAfter) for every refused request, and `busy` when the server cannot be reached or answers something else.
 */
export async function callApi<Answer = undefined>(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: `/api/${string}`,
  body?: object,
): Promise<Answer> {
  const response = await fetch(path, {
    method,
    credentials: "same-origin",
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  }).catch(() => undefined);
  if (!response) throw new Refusal("busy", { field: "connection" });
  if (response.status === 204) return undefined as Answer;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  throw refusalOf(answer);
}

function refusalOf(answer: unknown): Refusal {
  const { code, field, retryAfter } = (answer ?? {}) as { code?: unknown; field?: unknown; retryAfter?: unknown };
  if (typeof code !== "string" || !isRefusalCode(code)) return new Refusal("busy");
  return new Refusal(code, {
    ...(typeof field === "string" && { field }),
    ...(typeof retryAfter === "number" && { retryAfter }),
  });
}
