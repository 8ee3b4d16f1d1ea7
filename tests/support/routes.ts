import { globSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import type { Pages } from "#server/http.ts";
import { answerSignIn } from "./sign-in-routes.ts";

const API = join(import.meta.dirname, "../../app/api");

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

export interface ApiRoute {
  /** As in `/api/rooms/[id]`. */
  path: string;
  methods: Record<string, Handler>;
}

/** Every route handler under app/api but next-auth's, as Next would find them. */
export async function apiRoutes(): Promise<ApiRoute[]> {
  const files = globSync("**/route.ts", { cwd: API }).filter((file) => !file.includes("[..."));
  return Promise.all(
    files.map(async (file) => ({
      path: `/api/${file.replace(/\/route\.ts$/, "")}`,
      methods: await import(pathToFileURL(join(API, file)).href),
    })),
  );
}

/**
 * The API without Next: the real route handlers behind a router of twenty lines, so that tests of the API and the endpoint need no build
 * and start in an instant. Next's own routing is tested by tests/e2e, on the build.
 */
export async function openApi(): Promise<Pages> {
  const routes = await apiRoutes();
  return {
    request: async (request, response) => {
      const url = new URL(`http://localhost${request.url}`);
      if (url.pathname.startsWith("/api/auth/")) return answerSignIn(url, request, response);
      await send(await answer(routes, url, request), response);
    },
    upgrade: async (_request, socket) => {
      socket.destroy();
    },
  };
}

async function answer(routes: ApiRoute[], url: URL, request: IncomingMessage): Promise<Response> {
  for (const { path, methods } of routes) {
    const match = pattern(path).exec(url.pathname);
    if (!match) continue;
    const handler = methods[request.method ?? ""];
    if (!handler) return new Response(null, { status: 405 });
    const params = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    return handler(toRequest(url, request), { params: Promise.resolve(params) });
  }
  return new Response("Not found", { status: 404 });
}

const pattern = (path: string) => new RegExp(`^${path.replace(/\[(\w+)\]/g, "(?<$1>[^/]+)")}$`);

function toRequest(url: URL, request: IncomingMessage): Request {
  const { method = "GET", headers } = request;
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  const hasBody = method !== "GET" && method !== "HEAD";
  const body = hasBody ? (Readable.toWeb(request) as ReadableStream) : undefined;
  return new Request(url, { method, headers: pairs, body, duplex: "half" } as RequestInit);
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}
