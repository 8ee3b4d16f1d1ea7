import type { z } from "zod";
import { Complaint } from "#server/complaint.ts";

/** Words from the command line through the same schemas as requests; what is wrong is named by its option. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Complaint(`--${String(issue?.path[0])} cannot be used: ${issue?.message}.`);
}

/** A whole number above zero, for commander's options. */
export function positive(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Complaint(`${JSON.stringify(text)} is not a whole number above zero.`);
}
