const GAP = /[^\p{L}\p{N}\p{M}]+/gu;
// Soft hyphens, joiners and the like: nobody sees them, nobody types them.
const UNSEEN = /\p{Cf}|[\ufe00-\ufe0f]/gu;
const TIGHT = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const LOOSE_SPACE = new RegExp(` (?=${TIGHT.source})|(?<=${TIGHT.source}) `, "gu");
// A syllable of single letters (NFD, as file names of macOS are), or one character with its marks.
const CLUSTER = /[\u1100-\u115f]+[\u1160-\u11a7]*[\u11a8-\u11ff]*|\P{M}\p{M}*|\p{M}/gu;

/**
 * What of a text is searched: letters and digits, NFC, without case. Beside Korean, Chinese and Japanese nothing separates words, as
 * people write 검색 기능 and 검색기능 alike; between others one space does, so that "art" is not found in "a rtf".
 */
export function searchKey(text: string): string {
  return folded(text).replace(GAP, " ").replace(LOOSE_SPACE, "").trim();
}

/** Where these keys stand in a text, from [first to end), in order and without overlaps. */
export function findKeys(text: string, keys: readonly string[]): [number, number][] {
  const { key, places } = placed(text);
  const found: [number, number][] = [];
  for (const word of keys) {
    for (let at = word === "" ? -1 : key.indexOf(word); at >= 0; at = key.indexOf(word, at + word.length)) {
      found.push([places[at]?.[0] as number, places[at + word.length - 1]?.[1] as number]);
    }
  }
  return merged(found);
}

function folded(text: string): string {
  // At the end of a word a capital sigma would become another letter than in its middle.
  return text.normalize("NFC").replace(UNSEEN, "").toLowerCase().replaceAll("ς", "σ");
}

/** The key, and for each of its units what it stands for in the text. */
function placed(text: string): { key: string; places: [number, number][] } {
  const places: [number, number][] = [];
  let key = "";
  let isGap = false;
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    const seen = folded(cluster);
    const letters = seen.replace(GAP, "");
    isGap ||= letters !== seen;
    if (letters === "") continue;
    const place: [number, number] = [index, index + cluster.length];
    if (isGap && key !== "" && !TIGHT.test(lastOf(key)) && !TIGHT.test(letters)) {
      key += " ";
      places.push(place);
    }
    isGap = false;
    key += letters;
    for (let unit = 0; unit < letters.length; unit++) places.push(place);
  }
  return { key, places };
}

const lastOf = (key: string) => [...key.slice(-2)].at(-1) as string;

function merged(found: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [start, end] of found.sort(([one], [other]) => one - other)) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}
