const PARTICLE =
  "은|는|이|가|을|를|의|에|도|만|와|과|로|으로|에서|에게|한테|께|께서|부터|까지|처럼|보다|마다|나|이나|랑|이랑|하고|고|라고|이라고|라는|이라는|이란|란|입니다|이에요|예요|이고|이며|인데|요|뿐|만큼|대로|밖에|등";
const PARTICLES = new RegExp(`(?<=[^\\p{Script=Hangul}])(?:${PARTICLE})(?:은|는|도|만|의|요)?$`, "u");
const CLOSING = /[.,;:!?'"*~_…。、，！？」』》〉”’]$/u;
const BRACKETS: Record<string, string> = { ")": "(", "]": "[", "}": "{", "）": "（", "】": "【" };
// A host in Latin letters ends where Hangul begins.
const LATIN_HOST = /^https?:\/\/[\x21-\x2e\x30-\x7e]+?\.[a-z]{2,}(?=\p{Script=Hangul})/iu;

/** How much of a run of characters that begins with http(s):// is the link: not the Korean particle behind it, nor closing punctuation. */
export function linkWithin(run: string): string {
  let link = LATIN_HOST.exec(run)?.[0] ?? run;
  for (;;) {
    const shorter = withoutClosing(link.replace(PARTICLES, ""));
    if (shorter === link) return link;
    link = shorter;
  }
}

function withoutClosing(link: string): string {
  const last = link.at(-1) ?? "";
  const opening = BRACKETS[last];
  // A bracket that was opened in the link belongs to it: /wiki/Hanok_(house)
  if (opening) return link.split(opening).length < link.split(last).length ? link.slice(0, -1) : link;
  return CLOSING.test(link) ? link.slice(0, -1) : link;
}
