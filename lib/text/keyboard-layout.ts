const LATIN = "qwertyuiopasdfghjklzxcvbnm";
const HANGUL = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ";
const SHIFTED: Record<string, string> = { Q: "ㅃ", W: "ㅉ", E: "ㄸ", R: "ㄲ", T: "ㅆ", O: "ㅒ", P: "ㅖ" };

const toHangul = new Map([...LATIN].flatMap((key, n) => [key, key.toUpperCase()].map((one) => [one, HANGUL[n] ?? ""])));
for (const [key, letter] of Object.entries(SHIFTED)) toHangul.set(key, letter);
const toLatin = new Map([...LATIN].map((key, n) => [HANGUL[n] ?? "", key]));
for (const [key, letter] of Object.entries(SHIFTED)) toLatin.set(letter, key.toLowerCase());

/** What would have been typed with the Korean layout: alsk → ㅁㅣㄴㅏ, as strokes. */
export function asHangulKeys(text: string): string {
  return [...text].map((key) => toHangul.get(key) ?? key).join("");
}

/** What would have been typed with the Latin layout, from strokes: ㅡㅑㅜㅁ → mina. */
export function asLatinKeys(strokes: string): string {
  return [...strokes].map((letter) => toLatin.get(letter) ?? letter).join("");
}
