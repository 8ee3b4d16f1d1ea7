import type { Seen } from "#tests/conformance/raw-peer.ts";
import type { Caller } from "./endpoint.ts";
import { type Reading, read, unescaped } from "./reference.ts";

/**
 * What is wrong with how the server answered an input; undefined when nothing is. Either everything that was said well is answered, in order, or there is an
 * ERROR at the end and the connection is closed.
 */
export function faultIn(input: Buffer, { peer, socket }: Pick<Caller, "peer" | "socket">): string | undefined {
  const { frames } = peer;
  const reading = read(input);
  const failed = frames.at(-1)?.command === "ERROR";
  if (frames.slice(0, -1).some(({ command }) => command === "ERROR")) return "something follows an ERROR";
  if (failed && !socket.ended) return "an ERROR, and the connection stays open";
  if (!reading.said) return frames.length === 0 && !socket.ended ? undefined : "an answer to nothing";
  if (reading.version === undefined)
    return failed && frames.length === 1 ? undefined : "no lone ERROR for who may not come in";
  if (frames[0]?.command !== "CONNECTED") return "no CONNECTED";
  return faultInAnswers(reading, frames.slice(1), failed) ?? faultAtTheEnd(reading, failed, socket.ended);
}

function faultInAnswers({ version, frames }: Reading, answers: Seen[], failed: boolean): string | undefined {
  const plain = (text = "") => (version === "1.0" ? text : unescaped(text));
  const asked = frames.flatMap(({ headers }) => headers.get("receipt") ?? []).map((id) => clean(id, version));
  const given = answers
    .filter(({ command }) => command === "RECEIPT")
    .map(({ headers }) => plain(headers["receipt-id"]));
  if (given.some((id, index) => id !== asked[index])) return `RECEIPTs ${given} where ${asked} were asked for`;
  if (!failed && given.length < asked.length) return `only the RECEIPTs ${given} of ${asked}`;
  const subscribing = frames.filter(({ command }) => command === "SUBSCRIBE");
  const ids = new Set(subscribing.map(({ headers }) => clean(headers.get("id"), version)));
  for (const { command, headers } of answers) {
    if (!["RECEIPT", "MESSAGE", "ERROR"].includes(command)) return `a ${command}`;
    const { subscription } = headers;
    if (command === "MESSAGE" && !ids.has(subscription === undefined ? undefined : plain(subscription)))
      return `a MESSAGE for the subscription ${subscription}`;
  }
  return undefined;
}

function faultAtTheEnd({ frames, malformed }: Reading, failed: boolean, ended: boolean): string | undefined {
  const over = frames.at(-1)?.command === "DISCONNECT";
  if (malformed && !failed) return "no ERROR for what is malformed";
  if (over && !ended) return "DISCONNECT, and the connection stays open";
  if (!over && !failed && ended) return "a connection closed for no reason";
  return undefined;
}

/** 1.0 cannot carry what would end a line. */
function clean<Id extends string | undefined>(id: Id, version: string | undefined): Id | string {
  return version === "1.0" && id !== undefined ? id.replace(/[\r\n]/g, " ") : id;
}
