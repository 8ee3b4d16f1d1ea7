import { randomInt, timingSafeEqual } from "node:crypto";

// No letters or digits that look alike.
const ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

/** The one-time code that the first-run page asks for when the server can be reached from elsewhere: `ABCD-EFGH-JKMN`, 58 bits. */
export function createSetupCode(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return `${group()}-${group()}-${group()}`;
}

/** Compares in equal time; case, spaces and dashes do not matter. */
export function isSetupCode(expected: string, given: string | undefined): boolean {
  const plain = (code: string) => Buffer.from(code.toUpperCase().replace(/[\s-]/g, ""));
  const [one, other] = [plain(expected), plain(given ?? "")];
  return one.length === other.length && timingSafeEqual(one, other);
}
