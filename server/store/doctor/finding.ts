/** What was looked at, and how it is. */
export interface Finding {
  check: string;
  ok: boolean;
  /** One sentence for the operator; where something is wrong, with what to do. */
  says: string;
}
