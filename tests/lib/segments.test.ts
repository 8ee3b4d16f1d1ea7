import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Segment, segments } from "#lib/text/segments.ts";

/** Segments as one reads them: [label](address), `code`, <strong> and so on. */
function shown(parts: Segment[]): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      if (part.kind === "link") return `[${part.text}](${part.href})`;
      if (part.kind === "code") return `{code ${part.text}}`;
      if (part.kind === "block") return `{block ${part.language}: ${part.text}}`;
      return `{${part.kind} ${shown(part.children)}}`;
    })
    .join("");
}

function linksOf(parts: Segment[]): string[] {
  return parts.flatMap((part) => {
    if (part.kind === "link") return [part.href];
    return "children" in part ? linksOf(part.children) : [];
  });
}

const firstLink = (text: string) => linksOf(segments(text))[0];

describe("links", () => {
  const ends: [text: string, href: string][] = [
    ["https://example.com/a를 봐", "https://example.com/a"],
    ["https://example.com/a에서", "https://example.com/a"],
    ["https://example.com에서 봐", "https://example.com/"],
    ["https://example.com그거", "https://example.com/"],
    ["https://example.com/rooms/42은", "https://example.com/rooms/42"],
    ["https://example.com/?q=1으로도", "https://example.com/?q=1"],
    ["(https://example.com/a)를", "https://example.com/a"],
    ["https://example.com/a, 그리고", "https://example.com/a"],
    ["https://example.com/a.", "https://example.com/a"],
    ["「https://example.com/a」", "https://example.com/a"],
    ["<https://example.com/a>", "https://example.com/a"],
    ["https://en.wikipedia.org/wiki/Hanok_(house)", "https://en.wikipedia.org/wiki/Hanok_(house)"],
    ["https://ko.wikipedia.org/wiki/한옥", `https://ko.wikipedia.org/wiki/${encodeURIComponent("한옥")}`],
    ["https://localhost:3000/rooms", "https://localhost:3000/rooms"],
    ["HTTPS://EXAMPLE.COM/A", "https://example.com/A"],
  ];
  for (const [text, href] of ends)
    test(`${text} leads to ${href}`, () => {
      expect(firstLink(text)).toBe(href);
    });

  test("what follows the link is text again", () => {
    expect(shown(segments("여기 https://example.com/a에서 봐"))).toBe(
      "여기 [https://example.com/a](https://example.com/a)에서 봐",
    );
  });

  test("anything but http and https is text", () => {
    for (const text of ["javascript:alert(1)", "data:text/html,x", "ftp://example.com", "http://", "https://["])
      expect(linksOf(segments(text))).toEqual([]);
  });
});

describe("marks", () => {
  const marks: [text: string, result: string][] = [
    ["**마크다운(Markdown)**을 쓴다", "{strong 마크다운(Markdown)}을 쓴다"],
    ["이것은**중요**합니다", "이것은{strong 중요}합니다"],
    ["*조금*만 ~~아니~~다", "{emphasis 조금}만 {strike 아니}다"],
    ["***둘 다***", "{strong {emphasis 둘 다}}"],
    ["**굵고 *기운* 글**", "{strong 굵고 {emphasis 기운} 글}"],
    ["2*3*4 = 24", "2*3*4 = 24"],
    ["a*b* c", "a*b* c"],
    ["** 띄어 쓴 것 **", "** 띄어 쓴 것 **"],
    ["**닫히지 않은 것", "**닫히지 않은 것"],
    ["**줄을\n넘는 것**", "**줄을\n넘는 것**"],
    ["* 하나\n* 둘", "* 하나\n* 둘"],
    ["`**그대로**`", "{code **그대로**}"],
    ["``a ` b``", "{code a ` b}"],
    ["**`코드`와 https://example.com/a**를", "{strong {code 코드}와 [https://example.com/a](https://example.com/a)}를"],
    ["snake_case_name", "snake_case_name"],
    ["****", "****"],
    ["``", "``"],
  ];
  for (const [text, result] of marks)
    test(JSON.stringify(text), () => {
      expect(shown(segments(text))).toBe(result);
    });
});

describe("code blocks", () => {
  test("keep everything between the fences as it is", () => {
    expect(segments("앞\n```ts\nconst a = `**b**`;\n\n  <b>\n```\n뒤")).toEqual([
      { kind: "text", text: "앞" },
      { kind: "block", language: "ts", text: "const a = `**b**`;\n\n  <b>" },
      { kind: "text", text: "뒤" },
    ]);
  });

  test("go on to the end when they are not closed", () => {
    expect(segments("```\nopen")).toEqual([{ kind: "block", language: "", text: "open" }]);
  });
});

const CORPUS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "[click](javascript:alert(1))",
  "javascript:alert(1)",
  "<a href='javascript:alert(1)'>x</a>",
  "&lt;script&gt;",
  "{{constructor.constructor('alert(1)')()}}",
  "<iframe srcdoc='<script>alert(1)</script>'>",
  "\u202Egnp.exe",
  '<!--<img src="--><img src=x onerror=alert(1)//">',
];

describe("text of any kind", () => {
  for (const attack of CORPUS)
    test(`${attack} stays text`, () => {
      expect(segments(attack)).toEqual([{ kind: "text", text: attack }]);
    });

  test("an address cannot carry quotes or brackets out of its link", () => {
    const found = firstLink('https://example.com/"onmouseover="alert(1)');
    expect(found).toBe("https://example.com/");
  });

  test("nothing is lost and nothing is invented, whatever is written", () => {
    const letters = fc.array(
      fc.constantFrom("*", "~", "`", " ", "\n", "가", "a", "1", "(", ")", "https://a.b/", "를", "."),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(letters, (parts) => {
        const text = parts.join("");
        const plain = (all: Segment[]): string =>
          all.map((part) => ("children" in part ? plain(part.children) : part.text)).join("");
        const without = (value: string) => value.replace(/[*~`\s]/g, "");
        expect(without(plain(segments(text)))).toBe(without(text));
        for (const href of linksOf(segments(text))) expect(href).toMatch(/^https:\/\//);
      }),
    );
  });

  test("the longest message of nothing but marks takes no time", () => {
    const begin = performance.now();
    for (const text of ["**a ", "*", "`", "~~a*", "```\n", "https://"]) segments(text.repeat(10_000 / text.length));
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});
