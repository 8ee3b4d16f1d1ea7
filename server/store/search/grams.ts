import type { Db } from "#server/store/connection.ts";
import { dialect } from "#server/store/dialect.ts";
import { postgresGrams } from "./postgres-grams.ts";
import { sqliteGrams } from "./sqlite-grams.ts";

export interface Question {
  /** What a message has to have, each of them. */
  all: readonly string[];
  /** Of each of these lists it has to have one. */
  any: readonly (readonly string[])[];
  /** Ids from `from` on and below `below`. */
  from: number;
  below: number;
  limit: number;
}

/** What messages are found by: the table `search_grams`. The one place where the dialects do not share their words. */
export interface Grams {
  put(rows: readonly { id: number; grams: readonly string[] }[]): Promise<void>;
  remove(id: number): Promise<void>;
  /** Ids, highest first. */
  find(question: Question): Promise<number[]>;
  /** Until the end of the transaction nobody else who holds puts or removes anything: two would give out the same ids, or miss an edit. */
  hold(): Promise<void>;
}

export function gramsIn(db: Db): Grams {
  return dialect === "postgres" ? postgresGrams(db) : sqliteGrams(db);
}
