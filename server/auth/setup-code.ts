import { createHmac, timingSafeEqual } from "node:crypto";

// No letters or digits that look alike.
const ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

/**
 * The code that the first-run page asks for when the server can be reached from elsewhere: `ABCD-EFGH-JKMN`, 58 bits. It follows from the secret that all nodes of
 * a place share, because whoever reads it on one console may be asked by another node.
 */
export function setupCodeOf(secret: string): string {
  const bytes = createHmac("sha256", secret).update("first run").digest();
  // Two bytes a letter: the remainder favours no letter by more than a two-thousandth.
  const letter = (at: number) => ALPHABET[bytes.readUInt16BE(2 * at) % ALPHABET.length] as string;
  const group = (first: number) => [0, 1, 2, 3].map((at) => letter(first + at)).join("");
  return `${group(0)}-${group(4)}-${group(8)}`;
}

/** Compares in equal time; case, spaces and dashes do not matter. */
export function isSetupCode(expected: string, given: string | undefined): boolean {
  const plain = (code: string) => Buffer.from(code.toUpperCase().replace(/[\s-]/g, ""));
  const [one, other] = [plain(expected), plain(given ?? "")];
  return one.length === other.length && timingSafeEqual(one, other);
}
