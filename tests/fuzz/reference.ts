import { isUtf8 } from "node:buffer";

/** What the reference enforces; the endpoint under test has the same. */
export const LIMITS = { maxFrameBytes: 4_096, maxFrameBytesBeforeConnect: 1_024, maxHeaders: 12, maxHeaderBytes: 256 };

/** What a client's whole input says, by a reader that is simple because it sees all of it at once. */
export interface Reading {
  /** Undefined: it is not to be let in. */
  version: string | undefined;
  /** Frames behind CONNECT up to DISCONNECT. */
  frames: { command: string; headers: Map<string, string> }[];
  /** Whether it cannot go on after these frames. */
  malformed: boolean;
  /** Whether there was a whole frame, or what can never become one. */
  said: boolean;
}

export function read(input: Buffer): Reading {
  const reading: Reading = { version: undefined, frames: [], malformed: false, said: false };
  let at = 0;
  for (;;) {
    const piece = readFrame(input, at, reading);
    if (piece === "more") return reading;
    if (piece === "malformed") return { ...reading, malformed: true, said: true };
    at = piece.end;
    if (!reading.said) {
      reading.said = true;
      reading.version = negotiate(piece);
      if (reading.version === undefined) return reading;
    } else {
      reading.frames.push(piece);
      if (piece.command === "DISCONNECT") return reading;
    }
  }
}

interface Piece {
  command: string;
  headers: Map<string, string>;
  end: number;
}

function readFrame(input: Buffer, from: number, { version, said }: Reading): Piece | "more" | "malformed" {
  const begin = skipGap(input, from);
  if (begin >= input.length) return "more";
  // Not of a line end, as that would have been skipped.
  if (input[begin] === 13) return begin + 1 === input.length ? "more" : "malformed";
  const last = begin + (said ? LIMITS.maxFrameBytes : LIMITS.maxFrameBytesBeforeConnect);
  const lines: string[] = [];
  for (let at = begin; ; ) {
    const line = readLine(input, at, last, version);
    if (line === "more" || line === "malformed") return line;
    at = line.end;
    if (line.text === "" && lines.length > 0) return readBody(input, headOf(lines, at, version), last, version);
    if (lines.length > 0 && !isHeader(line.text, lines, version)) return "malformed";
    lines.push(line.text);
  }
}

function readLine(input: Buffer, at: number, last: number, version: string | undefined) {
  const feed = input.indexOf(10, at);
  const line = input.subarray(at, feed === -1 ? input.length : feed);
  if (line.includes(0) || line.length > LIMITS.maxHeaderBytes || at + line.length > last) return "malformed";
  if (feed === -1) return "more";
  const text = decode(line, version);
  return text === undefined ? "malformed" : { text, end: feed + 1 };
}

function headOf([command = "", ...lines]: readonly string[], end: number, version: string | undefined): Piece {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [name, value] = partsOf(line, command, version) ?? ["", ""];
    if (!headers.has(name)) headers.set(name, value);
  }
  return { command, headers, end };
}

function skipGap(input: Buffer, from: number): number {
  let at = from;
  while (input[at] === 10 || input[at] === 0 || (input[at] === 13 && input[at + 1] === 10)) at += 1;
  return at;
}

function isHeader(text: string, before: readonly string[], version: string | undefined): boolean {
  const mayCome = before.length <= LIMITS.maxHeaders && text.indexOf(":") > 0;
  return mayCome && partsOf(text, before[0] ?? "", version) !== undefined;
}

function readBody(input: Buffer, head: Piece, last: number, version: string | undefined): Piece | "more" | "malformed" {
  const length = head.headers.get("content-length");
  if (length !== undefined && !/^[0-9]{1,15}$/.test(length)) return "malformed";
  const stop = length === undefined ? input.indexOf(0, head.end) : head.end + Number(length);
  if ((stop === -1 ? input.length : stop) + 1 > last) return "malformed";
  if (stop === -1 || stop >= input.length) return "more";
  const mayHaveBody = version === "1.0" || ["SEND", "MESSAGE", "ERROR"].includes(head.command);
  if (input[stop] !== 0 || (stop > head.end && !mayHaveBody)) return "malformed";
  return { ...head, end: stop + 1 };
}

function decode(line: Buffer, version: string | undefined): string | undefined {
  if (!isUtf8(line)) return undefined;
  let text = line.toString();
  if (version === "1.0" || version === "1.1") return text;
  if (text.endsWith("\r")) text = text.slice(0, -1);
  return text.includes("\r") ? undefined : text;
}

function partsOf(line: string, command: string, version: string | undefined): [string, string] | undefined {
  const colon = line.indexOf(":");
  const pair: [string, string] = [line.slice(0, colon), line.slice(colon + 1)];
  if (version === undefined || version === "1.0" || /^(CONNECT|CONNECTED|STOMP)$/.test(command)) return pair;
  const known = version === "1.2" ? /^([^\\]|\\[nrc\\])*$/su : /^([^\\]|\\[nc\\])*$/su;
  if (!pair.every((part) => known.test(part))) return undefined;
  return [unescaped(pair[0]), unescaped(pair[1])];
}

/** A header's value that was escaped well. */
export function unescaped(text: string): string {
  return text
    .split("\\\\")
    .map((part) => part.replaceAll("\\n", "\n").replaceAll("\\r", "\r").replaceAll("\\c", ":"))
    .join("\\");
}

function negotiate({ command, headers }: Piece): string | undefined {
  if (command !== "CONNECT" && command !== "STOMP") return undefined;
  const accepted = headers.get("accept-version");
  const offers = accepted?.split(",").map((offer) => offer.trim());
  const version = offers ? ["1.2", "1.1", "1.0"].find((spoken) => offers.includes(spoken)) : "1.0";
  const beat = headers.get("heart-beat");
  if (version !== "1.0" && beat !== undefined && !/^[0-9]{1,9},[0-9]{1,9}$/.test(beat)) return undefined;
  return version;
}
