/** What a client may say once it is connected (STOMP 1.2, "Client Frames"). */
export const LATER_COMMANDS = [
  "SEND",
  "SUBSCRIBE",
  "UNSUBSCRIBE",
  "ACK",
  "NACK",
  "BEGIN",
  "COMMIT",
  "ABORT",
  "DISCONNECT",
] as const;

export const CLIENT_COMMANDS = ["CONNECT", "STOMP", ...LATER_COMMANDS] as const;
