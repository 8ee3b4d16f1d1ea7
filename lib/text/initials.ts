/**
 * Two letters for an avatar. Of a Korean name the last two syllables, because half of all people are Kim, Lee or Park; of other names the first letters of
 * the first and the last word.
 */
export function initials(name: string): string {
  // What stands in brackets is a team or a title.
  const words =
    name
      .normalize("NFC")
      .replace(/(?<=\S)\s*\(.*\)$/u, "")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const hangul = words.filter((word) => /^\p{Script=Hangul}+$/u.test(word)).join("");
  if (hangul !== "" && /^\p{Script=Hangul}/u.test(words[0] ?? "")) return [...hangul].slice(-2).join("");
  const [first = name.trim()] = words;
  const last = words.length > 1 ? words.at(-1) : undefined;
  return (firstLetter(first) + (last ? firstLetter(last) : "")).toUpperCase();
}

// An emoji may be many code points.
function firstLetter(word: string): string {
  const [first] = new Intl.Segmenter().segment(word);
  return first?.segment ?? "";
}
