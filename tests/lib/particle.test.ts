import { describe, expect, test } from "vitest";
import { type ParticlePair, withParticle } from "#lib/text/particle.ts";

describe("a particle follows the final sound", () => {
  const right: [word: string, pair: ParticlePair, whole: string][] = [
    ["개발", "을/를", "개발을"],
    ["회의", "을/를", "회의를"],
    ["회의", "은/는", "회의는"],
    ["운영", "이/가", "운영이"],
    ["운영", "으로/로", "운영으로"],
    ["서울", "으로/로", "서울로"],
    ["서울", "을/를", "서울을"],
    ["회의", "과/와", "회의와"],
    ["점심", "과/와", "점심과"],
    ["GitHub", "을/를", "GitHub를"],
    ["Slack", "을/를", "Slack을"],
    ["email", "으로/로", "email로"],
    ["email", "을/를", "email을"],
    ["design", "이/가", "design이"],
    ["API", "을/를", "API를"],
    ["URL", "을/를", "URL을"],
    ["URL", "으로/로", "URL로"],
    ["CRM", "은/는", "CRM은"],
    ["방 1", "으로/로", "방 1로"],
    ["방 2", "을/를", "방 2를"],
    ["방 3", "으로/로", "방 3으로"],
    ["방 10", "이/가", "방 10이"],
    ["회의(오전)", "을/를", "회의(오전)을"],
    ["‘개발’", "으로/로", "‘개발’로"],
    ["개발 🚀", "을/를", "개발 🚀을"],
    ["개발".normalize("NFD"), "을/를", `${"개발".normalize("NFD")}을`],
  ];
  for (const [word, pair, whole] of right)
    test(whole.normalize("NFC"), () => {
      expect(withParticle(word, pair)).toBe(whole);
    });
});
