/** Every reason a request can be refused. The list is closed (protocol.md, "Refusals"); the catalogs in lib/i18n hold a sentence for each. */
export const REFUSAL_CODES = [
  "unauthenticated",
  "expired",
  "forbidden",
  "not-found",
  "archived",
  "read-only",
  "too-long",
  "rate-limited",
  "malformed",
  "unsupported",
  "busy",
  "shutting-down",
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

// lib/ exists twice in the process (Next's bundle and Node's), so a Refusal is recognised by this field, never by instanceof.
const BRAND = "sarangbang.refusal";

/** An expected failure. Thrown anywhere, caught once in the gateway's session and once in route handlers; everything else is a defect. */
export class Refusal extends Error {
  readonly brand = BRAND;
  readonly code: RefusalCode;
  /** Seconds until another try makes sense, with `rate-limited`, `busy` and `shutting-down`. */
  readonly retryAfter?: number;
  /** Which input is wrong, with `malformed` and the bare broker's `unauthenticated`; what is not offered, with `unsupported`; what is full, with `busy`. A name, safe to show. */
  readonly field?: string;

  /** `cause` is for the server's own ears, and goes to nobody. */
  constructor(code: RefusalCode, detail: { retryAfter?: number; field?: string; cause?: unknown } = {}) {
    super(code, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = "Refusal";
    this.code = code;
    this.retryAfter = detail.retryAfter;
    this.field = detail.field;
  }
}

/** True for a Refusal of either copy of this module. */
export function isRefusal(error: unknown): error is Refusal {
  return typeof error === "object" && error !== null && (error as { brand?: unknown }).brand === BRAND;
}

/** True when the text is one of the closed list of codes. */
export function isRefusalCode(text: string): text is RefusalCode {
  return (REFUSAL_CODES as readonly string[]).includes(text);
}
