/** Limits that browser and server share (protocol.md, "Life signs, limits, pressure"). Those an operator may change live in server/config.ts. */
export const LIMITS = {
  /** UTF-16 units of one message. */
  text: 10_000,
  /** ASCII characters of a client id. */
  clientId: 64,
  roomName: 80,
  roomTopic: 250,
  placeName: 80,
  personName: 60,
  personTitle: 60,
  password: { least: 8, most: 128 },
  /** More missed messages than this and SUBSCRIBE answers `reset:true`. */
  replay: 500,
  /** Messages of one page of history. */
  page: { usual: 50, most: 100 },
  /** UTF-16 units of a query; messages of one page of what was found. */
  search: { query: 200, usual: 20, most: 50 },
} as const;
