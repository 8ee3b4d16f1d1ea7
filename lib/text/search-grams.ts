/** What a key (search-key.ts) is found by: its characters, and every two that stand beside each other in a word. */
export function gramsOf(key: string): Set<string> {
  const grams = new Set<string>();
  let before = " ";
  for (const letter of key) {
    if (letter !== " ") grams.add(letter);
    if (letter !== " " && before !== " ") grams.add(before + letter);
    before = letter;
  }
  return grams;
}

/** What a text that holds this key must have: pairs, and characters only where a word is no longer. */
export function gramsFor(key: string): Set<string> {
  const words = key.split(" ").filter((word) => word !== "");
  return new Set(words.flatMap((word) => [...gramsOf(word)].filter((gram) => gram === word || [...gram].length === 2)));
}
