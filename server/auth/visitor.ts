/** Who is on the other end of a request, as http.ts has found out. */
export interface Visitor {
  address: string;
  userAgent: string;
}

/** By these http.ts tells route handlers about the connection; whatever a client sends under these names is overwritten. */
export const ADDRESS_HEADER = "x-sarangbang-address";
/** `yes`: straight from this machine, through no proxy. */
export const DIRECT_HEADER = "x-sarangbang-direct";

/** Reads what http.ts wrote. */
export function visitorOf(headers: Headers): Visitor {
  return { address: headers.get(ADDRESS_HEADER) ?? "", userAgent: (headers.get("user-agent") ?? "").slice(0, 256) };
}

/** True for a request that came straight from this machine. */
export function isDirect(headers: Headers): boolean {
  return headers.get(DIRECT_HEADER) === "yes";
}
