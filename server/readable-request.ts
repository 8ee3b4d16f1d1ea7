import type { IncomingMessage } from "node:http";

const ROUTER_STATE = "next-router-state-tree";

/**
 * Mends what Next answers with 500 instead of a page that says what is wrong: an address that cannot be decoded names nothing, so its signs of percent
 * are taken for themselves; a router's state that is none is left out, and the whole page is answered.
 */
export function makeReadable(request: IncomingMessage): void {
  const [path = "", ...query] = (request.url ?? "").split("?");
  if (!canDecode(path)) request.url = [path.replaceAll("%", "%25"), ...query].join("?");
  const state = request.headers[ROUTER_STATE];
  if (state !== undefined && !isRouterState(decoded(String(state)))) delete request.headers[ROUTER_STATE];
}

function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(text));
  } catch {
    return undefined;
  }
}

/** `[segment, {slot: [segment, …]}, …]`, a segment being a name or the parts of a parameter. */
function isRouterState(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [segment, slots] = value;
  const isSegment = typeof segment === "string" || (Array.isArray(segment) && segment.length >= 3);
  return isSegment && typeof slots === "object" && slots !== null && Object.values(slots).every(isRouterState);
}
