import type { IncomingMessage } from "node:http";
import { z } from "zod";

const ROUTER_STATE = "next-router-state-tree";
/** Characters. One of ours has a few hundred; thousands of levels would be more than Next's stack holds. */
const LONGEST_STATE = 4_000;

/**
 * Mends what Next answers with 500 instead of a page that says what is wrong: an address that cannot be decoded names nothing, so its signs of percent
 * are taken for themselves; a router's state that is none is left out, and the whole page is answered.
 */
export function makeReadable(request: Pick<IncomingMessage, "url" | "headers">): void {
  const [path = "", ...query] = (request.url ?? "").split("?");
  if (!canDecode(path)) request.url = [path.replaceAll("%", "%25"), ...query].join("?");
  const state = request.headers[ROUTER_STATE];
  if (state !== undefined && !isRouterState(String(state))) delete request.headers[ROUTER_STATE];
}

function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isRouterState(text: string): boolean {
  if (text.length > LONGEST_STATE) return false;
  try {
    return routerState.safeParse(JSON.parse(decodeURIComponent(text))).success;
  } catch {
    return false;
  }
}

// As Next's own schema (server/app-render/types.ts) has it, to the last element: it takes nothing else.
const INTERCEPTED = ["(..)(..)", "(.)", "(..)", "(...)"];
const PARAMS = ["oc", ...["c", "d"].flatMap((kind) => [kind, ...INTERCEPTED.map((from) => `${kind}i${from}`)])];
const parameter = z.tuple([z.string(), z.string(), z.enum(PARAMS), z.array(z.string()).nullable()]);
const routerState: z.ZodType = z.tuple([
  z.union([z.string(), parameter]),
  z.record(
    z.string(),
    z.lazy(() => routerState),
  ),
  z.tuple([z.string(), z.string()]).nullish(),
  z.enum(["refetch", "inside-shared-layout", "metadata-only"]).nullish(),
  z.number().nullish(),
  z.string().optional(),
]);
