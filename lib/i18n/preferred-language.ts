import type { Language } from "#lib/chat/person.ts";

/** The first of our languages in an Accept-Language header, by its weights; English when it names none. */
export function preferredLanguage(header: string): Language {
  const ours = header
    .split(",")
    .map(parseRange)
    .filter(({ language, weight }) => weight > 0 && (language === "ko" || language === "en"))
    .sort((one, other) => other.weight - one.weight);
  return ours[0]?.language === "ko" ? "ko" : "en";
}

// RFC 9110, 12.5.4: "ko-KR;q=0.8"
function parseRange(range: string): { language: string; weight: number } {
  const [tag = "", ...parameters] = range.toLowerCase().split(";");
  const weight = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith("q="));
  return { language: tag.trim().split("-")[0] ?? "", weight: weight ? Number(weight.slice(2)) : 1 };
}
