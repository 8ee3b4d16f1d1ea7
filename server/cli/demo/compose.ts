import { beginnings } from "./office-hours.ts";
import type { DemoPerson } from "./people.ts";
import type { Random } from "./random.ts";
import type { Exchange } from "./script.ts";
import { slots } from "./slots.ts";

export interface Spoken {
  author: DemoPerson;
  text: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

interface Scene {
  talk: readonly Exchange[];
  people: readonly DemoPerson[];
  messages: number;
  days: number;
  /** The last word was said a moment before. */
  now: number;
}

/** The pull requests that conversations speak of are counted on. */
const FIRST_PULL_REQUEST = 214;
const HANGUL = /\p{Script=Hangul}/u;

/** A room's history, oldest first: conversations of several people, at the hours people work, the last one just over. */
export function compose(random: Random, { talk, people, messages, days, now }: Scene): Spoken[] {
  const exchanges = drawn(random, talk, messages);
  const starts = beginnings(random, exchanges.length, days, now - 60 * 60_000);
  const spoken = exchanges.map((exchange, index) => {
    const fill = slots(
      random,
      people.map(({ name }) => name),
      FIRST_PULL_REQUEST + Math.floor(index / 3),
    );
    return perform(random, exchange, people, fill, starts[index] as number);
  });
  moveToEndAt(spoken.at(-1) ?? [], now - random.between(2, 45) * 60_000);
  return spoken
    .flat()
    .sort((one, other) => one.createdAt - other.createdAt)
    .slice(-messages);
}

/** Conversations until there are enough lines: every one comes once before any comes again. */
function drawn(random: Random, talk: readonly Exchange[], messages: number): Exchange[] {
  const exchanges: Exchange[] = [];
  let lines = 0;
  let bag: Exchange[] = [];
  while (lines < messages) {
    if (bag.length === 0) bag = random.shuffle(talk);
    const exchange = bag.pop() as Exchange;
    exchanges.push(exchange);
    lines += exchange.length;
  }
  return exchanges;
}

function perform(
  random: Random,
  exchange: Exchange,
  people: readonly DemoPerson[],
  fill: (text: string, me: string) => string,
  start: number,
): Spoken[] {
  const cast = new Map<string, DemoPerson>();
  let time = start;
  return exchange.map(({ speaker, text }, index) => {
    const author = cast.get(speaker) ?? castFor(random, text, people, cast);
    cast.set(speaker, author);
    const words = fill(text, author.name);
    // Reading takes a while, then so does typing.
    if (index > 0) time += random.between(4, 70) * 1_000 + words.length * 110;
    return { author, text: words, createdAt: time };
  });
}

/** Somebody who writes in the language of this line and has no part in the conversation yet. */
function castFor(
  random: Random,
  text: string,
  people: readonly DemoPerson[],
  cast: ReadonlyMap<string, DemoPerson>,
): DemoPerson {
  const language = HANGUL.test(text) ? "ko" : "en";
  const taken = new Set(cast.values());
  const free = people.filter((person) => !taken.has(person));
  const fitting = free.filter((person) => person.languages.includes(language));
  return random.pick(fitting.length > 0 ? fitting : free);
}

function moveToEndAt(spoken: Spoken[], end: number): void {
  const shift = end - (spoken.at(-1)?.createdAt ?? end);
  for (const line of spoken) line.createdAt += shift;
}
