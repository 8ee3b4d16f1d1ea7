import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

// What experience.md asks: 4.5:1 for text everywhere, 3:1 for the borders of controls, in both themes.
const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const GROUNDS = ["paper", "paper-sunken", "raised", "hover"];
const TEXT: [text: string, grounds: string[]][] = [
  ["ink", [...GROUNDS, "code", "celadon-tint", "persimmon-tint"]],
  ["ink-soft", [...GROUNDS, "code", "celadon-tint"]],
  ["celadon", [...GROUNDS, "celadon-tint"]],
  ["persimmon", [...GROUNDS, "persimmon-tint"]],
  ["danger", GROUNDS],
  ["on-accent", ["celadon", "persimmon", "danger"]],
  ["paper", ["ink"]],
];
const BORDERS: [line: string, grounds: string[]][] = [
  ["control-line", ["paper", "paper-sunken", "raised"]],
  ["celadon", [...GROUNDS, "celadon-tint"]],
  ["danger", ["paper", "raised"]],
];

for (const [theme, side] of [
  ["light", 0],
  ["dark", 1],
] as const) {
  describe(`in the ${theme} theme`, () => {
    for (const [text, grounds] of TEXT) {
      it.each(grounds)(`${text} can be read on %s`, (ground) => {
        expect(contrast(token(text, side), token(ground, side))).toBeGreaterThanOrEqual(4.5);
      });
    }
    for (const [line, grounds] of BORDERS) {
      it.each(grounds)(`a border of ${line} can be seen on %s`, (ground) => {
        expect(contrast(token(line, side), token(ground, side))).toBeGreaterThanOrEqual(3);
      });
    }
    it.each(Array.from({ length: 36 }, (_, step) => step * 10))("letters can be read on an avatar of hue %i", (hue) => {
      const tinted = css.slice(css.indexOf("@utility tinted"));
      expect(
        contrast(tint(tinted, "color", hue, side), tint(tinted, "background-color", hue, side)),
      ).toBeGreaterThanOrEqual(4.5);
    });
  });
}

/** Linear sRGB. */
type Colour = [red: number, green: number, blue: number];

function token(name: string, side: 0 | 1): Colour {
  const found = new RegExp(`--color-${name}: light-dark\\(oklch\\(([^)]+)\\), oklch\\(([^)]+)\\)\\)`).exec(css);
  if (!found) throw new Error(`globals.css has no --color-${name}`);
  return parse(found[side + 1] as string);
}

function tint(rule: string, property: string, hue: number, side: 0 | 1): Colour {
  const found = new RegExp(`\\s${property}: light-dark\\(oklch\\((.+?) var\\(--hue\\)\\), oklch\\((.+?) var`).exec(
    rule,
  );
  if (!found) throw new Error(`no ${property} in tinted`);
  return parse(`${found[side + 1]} ${hue}`);
}

// CSS Color 4, "OKLCH to OKLab" and "OKLab to linear sRGB"; out-of-gamut values are clipped as browsers do.
function parse(oklch: string): Colour {
  const [light = 0, chroma = 0, hue = 0] = oklch.split(" ").map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

// WCAG 2.2, "contrast ratio".
function contrast(one: Colour, other: Colour): number {
  const luminance = ([red, green, blue]: Colour) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const [bright = 0, dark = 0] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (bright + 0.05) / (dark + 0.05);
}
