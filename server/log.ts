import { type Logger, pino, stdTimeFunctions } from "pino";
import pretty from "pino-pretty";

export type Log = Logger;

/** Never written, however deep an object carries them (A39). */
const SECRETS = ["cookie", "authorization", "passcode", "password", "token", "secret", "csrfToken", "text"];
const DEPTHS = ["", "*.", "*.*."];

/** The server's log: lines for people on a terminal, JSON (newlines escaped) everywhere else. */
export function createLog(level: string, output: NodeJS.WriteStream = process.stdout): Log {
  const options = {
    level,
    base: undefined,
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: DEPTHS.flatMap((depth) => SECRETS.map((secret) => depth + secret)), censor: "…" },
  };
  if (!output.isTTY) return pino(options, output);
  return pino(options, pretty({ colorize: true, translateTime: "SYS:HH:MM:ss", ignore: "pid,hostname", sync: true }));
}
