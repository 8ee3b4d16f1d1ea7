/** The path when it leads to a page of this site, else "/": `next` of /sign-in must not send anybody elsewhere. */
export function sameSitePath(next: string | undefined): string {
  if (!next?.startsWith("/") || next.startsWith("/api/")) return "/";
  const here = "http://here.invalid";
  // The URL parser is what the browser uses: it turns "\" into "/" and drops tabs and line breaks.
  if (!URL.canParse(next, here)) return "/";
  const url = new URL(next, here);
  return url.origin === here && !url.pathname.startsWith("//") ? url.pathname + url.search + url.hash : "/";
}
