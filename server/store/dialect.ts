import { workerData } from "node:worker_threads";

export type Dialect = "sqlite" | "postgres";

/** What this thread's database speaks: one thread speaks to one database, and whoever starts it says which. */
export const dialect: Dialect = (workerData as { dialect?: Dialect } | null)?.dialect ?? "sqlite";
