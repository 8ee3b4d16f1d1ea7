import { Refusal } from "#lib/chat/refusal.ts";

type Headers = ReadonlyMap<string, string>;

/** What other brokers have and no endpoint of ours: the header that asks for it, and with which value. */
const ALWAYS: readonly [name: string, asks: RegExp][] = [
  ["selector", /./s],
  ["no-local", /^true$/i],
  ["activemq.noLocal", /^true$/i],
  ["exclusive", /^true$/i],
  ["activemq.exclusive", /^true$/i],
];
/** Of a topic they want messages kept for whoever is away. Of a queue they ask for nothing that it does not do. */
const OF_A_TOPIC: readonly [name: string, asks: RegExp][] = [
  ["durable", /^true$/i],
  ["persistent", /^true$/i],
  ["activemq.subscriptionName", /./s],
  ["durable-subscription-name", /./s],
];

/** Whoever asks SUBSCRIBE for what is not kept must not believe to have it: throws `unsupported`. */
export function refuseUnkept(headers: Headers, destination: string): void {
  refuse(headers, ALWAYS);
  if (destination.startsWith("/topic/")) refuse(headers, OF_A_TOPIC);
}

function refuse(headers: Headers, wishes: typeof ALWAYS): void {
  for (const [field, asks] of wishes)
    if (asks.test(headers.get(field) ?? "")) throw new Refusal("unsupported", { field });
}
