import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { runtime } from "#server/runtime.ts";

// next-auth's handler for the App Router lives inside Next; the one for plain requests is the same code behind another door.
const NextAuth = createRequire(import.meta.url)("next-auth").default;

/** next-auth itself with the server's own options, for servers that run without Next. */
export async function answerSignIn(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const nextauth = url.pathname.split("/").slice(3);
  const body = request.method === "POST" ? Object.fromEntries(new URLSearchParams(await text(request))) : {};
  const query = { ...Object.fromEntries(url.searchParams), nextauth };
  const cookies = Object.fromEntries((request.headers.cookie ?? "").split("; ").map((pair) => cut(pair)));
  const { method, headers } = request;
  const options = runtime().auth.options(new Headers(headers as Record<string, string>));
  await NextAuth({ query, body, cookies, method, headers }, inExpressWords(response), options);
}

function cut(pair: string): [string, string] {
  const equals = pair.indexOf("=");
  return [pair.slice(0, equals), decodeURIComponent(pair.slice(equals + 1))];
}

function inExpressWords(response: ServerResponse) {
  return Object.assign(response, {
    status(code: number) {
      response.statusCode = code;
      return response;
    },
    json(value: unknown) {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(value));
    },
    send(value: unknown) {
      response.end(typeof value === "string" ? value : JSON.stringify(value));
    },
  });
}
