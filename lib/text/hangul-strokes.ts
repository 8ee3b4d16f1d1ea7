/** Consonants a syllable begins with, and how they, vowels and finals are typed on a two-set keyboard: compounds are two strokes. */
const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ");
const FINALS =
  "|ㄱ|ㄲ|ㄱㅅ|ㄴ|ㄴㅈ|ㄴㅎ|ㄷ|ㄹ|ㄹㄱ|ㄹㅁ|ㄹㅂ|ㄹㅅ|ㄹㅌ|ㄹㅍ|ㄹㅎ|ㅁ|ㅂ|ㅂㅅ|ㅅ|ㅆ|ㅇ|ㅈ|ㅊ|ㅋ|ㅌ|ㅍ|ㅎ".split("|");
const COMPOUNDS: Record<string, string> = {
  ㄳ: "ㄱㅅ",
  ㄵ: "ㄴㅈ",
  ㄶ: "ㄴㅎ",
  ㄺ: "ㄹㄱ",
  ㄻ: "ㄹㅁ",
  ㄼ: "ㄹㅂ",
  ㄽ: "ㄹㅅ",
  ㄾ: "ㄹㅌ",
  ㄿ: "ㄹㅍ",
  ㅀ: "ㄹㅎ",
  ㅄ: "ㅂㅅ",
  ㅘ: "ㅗㅏ",
  ㅙ: "ㅗㅐ",
  ㅚ: "ㅗㅣ",
  ㅝ: "ㅜㅓ",
  ㅞ: "ㅜㅔ",
  ㅟ: "ㅜㅣ",
  ㅢ: "ㅡㅣ",
};
const FIRST = 0xac00;
const LAST = 0xd7a3;

/** The index of a syllable's final consonant, 0 for none; undefined for anything that is not a Hangul syllable. */
export function finalOf(character: string): number | undefined {
  const index = indexOf(character);
  return index === undefined ? undefined : index % 28;
}

/** The consonant a syllable begins with; undefined for anything else. */
export function initialOf(character: string): string | undefined {
  const index = indexOf(character);
  return index === undefined ? undefined : INITIALS[Math.floor(index / 588)];
}

/** True for a single consonant, as typed to search by initials. */
export function isConsonant(character: string): boolean {
  return INITIALS.includes(character);
}

/** The keys pressed for a text on a two-set keyboard, as single letters: 미나 → ㅁㅣㄴㅏ, 값 → ㄱㅏㅂㅅ. Other characters stay. */
export function strokesOf(text: string): string {
  let strokes = "";
  for (const character of text.normalize("NFC")) {
    const index = indexOf(character);
    if (index === undefined) strokes += COMPOUNDS[character] ?? character;
    else
      strokes += INITIALS[Math.floor(index / 588)] + (VOWELS[Math.floor(index / 28) % 21] ?? "") + FINALS[index % 28];
  }
  return strokes;
}

function indexOf(character: string): number | undefined {
  const code = character.codePointAt(0) ?? 0;
  return code >= FIRST && code <= LAST ? code - FIRST : undefined;
}
