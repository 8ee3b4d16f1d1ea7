import { expect } from "vitest";

/** What a server answers at /metrics, by name and labels as they stand there. */
export async function readFigures(
  { origin }: { origin: string },
  headers: Record<string, string> = {},
): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(`${origin}/metrics`, { headers });
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
}
