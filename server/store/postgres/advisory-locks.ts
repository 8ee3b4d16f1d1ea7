/** The numbers of all locks that have no table, chosen here and nowhere else: two of the same number would wait for each other. Any would do that no other program uses. */
export const LOCKS = {
  migrations: 7_265_421,
  /** Between what belongs to one room and what belongs to the place. */
  commits: 7_265_422,
  /** Shared by all servers that run, as long as they do. */
  servers: 7_265_423,
  /** Of whoever makes messages searchable, or changes what they are found by. */
  search: 7_265_424,
} as const;
