/**
 * True when a request that changes something comes from one of our own pages (A26). Browsers send Origin with every such request, so one
 * without it is none of a page's: whoever sends it must not rely on a cookie.
 */
export function isSameOrigin(headers: Headers, origins: readonly string[]): boolean {
  const origin = headers.get("origin");
  return origin !== null && origins.includes(origin);
}
