import { ProtocolError } from "./protocol-error.ts";
import type { Version } from "./version.ts";

/** Decodes a header's name or value in one pass, so that `\\n` is a backslash and an n. 1.0 knows no escapes; others than its own are fatal. */
export function unescapeHeader(text: string, version: Version): string {
  if (version === "1.0" || !text.includes("\\")) return text;
  return text.replace(/\\(.?)/gsu, (_, letter: string) => {
    const octet = letter === "r" && version !== "1.2" ? undefined : MEANING[letter];
    if (octet === undefined) throw new ProtocolError("malformed", "A header holds an undefined escape sequence");
    return octet;
  });
}

/**
 * Encodes a header's name or value for a session's version. What a version cannot carry becomes a space, because it would end the header or the
 * frame: NUL in all of them; in 1.0, which has no escapes, line ends too (and a colon in a name).
 */
export function escapeHeader(text: string, version: Version, part: "name" | "value"): string {
  if (!UNSAFE.test(text)) return text;
  const clean = text.replaceAll("\0", " ");
  if (version === "1.0") return clean.replace(part === "name" ? /[\r\n:]/g : /[\r\n]/g, " ");
  return clean.replace(version === "1.1" ? /[\\\n:]/g : /[\\\r\n:]/g, (octet) => SEQUENCE[octet] as string);
}

const MEANING: Record<string, string> = { n: "\n", r: "\r", c: ":", "\\": "\\" };
const SEQUENCE: Record<string, string> = { "\n": "\\n", "\r": "\\r", ":": "\\c", "\\": "\\\\" };
const UNSAFE = /[\0\r\n:\\]/;
