import { initialOf, isConsonant, strokesOf } from "./hangul-strokes.ts";
import { asHangulKeys, asLatinKeys } from "./keyboard-layout.ts";

/**
 * Whether a name (of a person, of a room) is meant by what was typed so far: part of it, initials (ㅁㄴ), a syllable that is half typed (민 on the way to
 * 미나), or either of them with the wrong keyboard layout (alsk, ㅡㅑㅜㅁ). Case, accents and spaces do not count. A blank query matches everything.
 */
export function matchesName(query: string, name: string): boolean {
  const asked = folded(query);
  const known = folded(name);
  if (known.includes(asked)) return true;
  const strokes = strokesOf(asked);
  if (matchesHangul(asked, strokes, known)) return true;
  if (/[a-z]/.test(asked)) {
    // Case tells ㄱ from ㄲ, so the keys are taken before folding.
    const keys = strokesOf(asHangulKeys(query.replace(/\s/gu, "")));
    return matchesHangul(keys, keys, known);
  }
  return /[ㄱ-ㅣ가-힣]/.test(asked) && known.includes(asLatinKeys(strokes));
}

function matchesHangul(asked: string, strokes: string, known: string): boolean {
  const letters = [...known];
  // ㄳ is ㄱ and ㅅ typed in a hurry.
  const query = [...asked].flatMap((letter) => (initialOf(letter) === undefined ? [...strokesOf(letter)] : [letter]));
  return letters.some((_, start) => {
    const rest = letters.slice(start);
    return strokesOf(rest.join("")).startsWith(strokes) || beginsWith(rest, query);
  });
}

function beginsWith(letters: readonly string[], query: readonly string[]): boolean {
  return query.every((asked, n) => {
    const letter = letters[n];
    if (letter === undefined) return false;
    if (letter === asked || (isConsonant(asked) && initialOf(letter) === asked)) return true;
    const isLast = n === query.length - 1;
    return isLast && strokesOf(letters.slice(n).join("")).startsWith(strokesOf(asked));
  });
}

function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\p{Mn}\s]/gu, "")
    .normalize("NFC")
    .toLowerCase();
}
