const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** A random id of 20 characters (100 bits) for users, rooms, messages, sessions: it tells nothing about others (protocol.md, "Destinations"). */
export function randomId(length = 20): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  let id = "";
  for (const byte of bytes) id += ALPHABET[byte & 31];
  return id;
}

/** True for the ids `randomId` makes: 1 to 32 of its characters. */
export function isId(text: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{1,32}$/.test(text);
}
