import type { Language } from "./person.ts";

/** The installation itself. */
export interface Place {
  name: string;
  /** False until somebody has made the first account: every page leads to /setup. */
  claimed: boolean;
  /** The language of its first message and of what has no reader yet. */
  language: Language;
}
