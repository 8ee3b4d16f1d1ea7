/**
 * What an input method composed, as far as Enter cares (experience.md, "Korean, Japanese, Chinese input"):
 * `hangul` needs no confirmation, so Enter in the middle of it means Enter; `candidate` (Kana, Han, Hanja, a symbol picked from a list) is confirmed by
 * Enter; `plain` is everything that may be either (Pinyin typed as Latin letters, Vietnamese, Android composing English).
 */
export type ComposedScript = "hangul" | "candidate" | "plain";

const CANDIDATE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/u;
// The dots are vowels in the making on ten-key Korean keyboards.
const HANGUL = /^[\p{Script=Hangul}\u00b7\u2025\u318d]+$/u;
const HAS_HANGUL = /\p{Script=Hangul}/u;

/** Decides by everything the composition showed (`updates`) and by what it left (`final`). */
export function composedScript(updates: string, final: string): ComposedScript {
  if (CANDIDATE.test(updates + final)) return "candidate";
  if (HANGUL.test(final)) return "hangul";
  // A consonant and the Hanja key open a list of symbols: Hangul was typed, something else was picked.
  return HAS_HANGUL.test(updates) && final !== "" ? "candidate" : "plain";
}
