import { finalOf } from "./hangul-strokes.ts";

/** Pairs of Korean particles: the one after a final consonant first. */
export type ParticlePair =
  | "은/는"
  | "이/가"
  | "을/를"
  | "과/와"
  | "아/야"
  | "으로/로"
  | "이나/나"
  | "이라/라"
  | "이랑/랑";

const RIEUL = 8;
/** Letters and digits by how their Korean names end: 엘 알 영 일 육 …; those not named end in a vowel. */
const ENDS_IN_RIEUL = "lr178";
const ENDS_IN_CONSONANT = "mn036";

/** The word with the particle its final sound asks for: 개발을, 운영으로, GitHub를. Brackets and quotes at the end do not sound. */
export function withParticle(word: string, pair: ParticlePair): string {
  const [closed, open] = pair.split("/") as [string, string];
  const sound = finalSound(word);
  const takesClosed = sound === "consonant" || (sound === "rieul" && pair !== "으로/로");
  return word + (takesClosed ? closed : open);
}

function finalSound(word: string): "vowel" | "consonant" | "rieul" {
  const [last = ""] = [
    ...word
      .normalize("NFC")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trimEnd(),
  ].slice(-1);
  const final = finalOf(last);
  if (final !== undefined) return final === 0 ? "vowel" : final === RIEUL ? "rieul" : "consonant";
  const letter = last.toLowerCase();
  if (letter === "") return "vowel";
  if (/[a-z]/.test(letter)) return latinSound(word);
  if (ENDS_IN_RIEUL.includes(letter)) return "rieul";
  return ENDS_IN_CONSONANT.includes(letter) ? "consonant" : "vowel";
}

/** A word is read as one, an abbreviation letter by letter: Slack ends in ㄱ, API in a vowel, URL in ㄹ. */
function latinSound(word: string): "vowel" | "consonant" | "rieul" {
  const [latin = ""] = /[A-Za-z]+(?=[^A-Za-z]*$)/.exec(word) ?? [];
  const isSpelled = latin === latin.toUpperCase();
  const end = latin.toLowerCase();
  if (isSpelled) return ENDS_IN_RIEUL.includes(end.at(-1) ?? "") ? "rieul" : /[mn]$/.test(end) ? "consonant" : "vowel";
  if (/(?:l|le)$/.test(end)) return "rieul";
  return /(?:[mn]|ng|ck|[aeiou]k|[aeiou]p|[aeiou]t)$/.test(end) ? "consonant" : "vowel";
}
