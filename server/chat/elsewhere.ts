import type { HintOf } from "./hints.ts";

/** What one node told of one room. */
interface Word {
  /** The number of the last one that was followed without a gap. */
  n: number;
  users: Set<string>;
  confirmed: number;
  /** What has come of an answer in several parts. */
  pieces?: { n: number; parts: Map<number, string[]> };
}

export interface ElsewhereOptions {
  heeds(room: string): boolean;
  isHere(room: string, user: string): boolean;
  show(room: string, user: string, online: boolean): void;
  ask(room: string, node: string): void;
  /** Milliseconds: without a word after which a node's people are gone; that they have to come back after it said goodbye; without a confirmation. */
  silence: number;
  grace: number;
  unconfirmed: number;
  /** Monotonic, in milliseconds. */
  now(): number;
}

/** Who is where on the other nodes, as they tell it: for the rooms that this node heeds. */
export class Elsewhere {
  readonly #options: ElsewhereOptions;
  readonly #book = new Map<string, Map<string, Word>>();
  readonly #lastHeard = new Map<string, number>();

  constructor(options: ElsewhereOptions) {
    this.#options = options;
  }

  /** Other nodes that live. */
  get nodes(): number {
    return this.#lastHeard.size;
  }

  *users(room: string): Iterable<string> {
    for (const { users } of this.#book.get(room)?.values() ?? []) yield* users;
  }

  has(room: string, user: string): boolean {
    for (const { users } of this.#book.get(room)?.values() ?? []) if (users.has(user)) return true;
    return false;
  }

  /** A sign of life, whatever was said. */
  alive(node: string): void {
    this.#lastHeard.set(node, this.#options.now());
  }

  presence(node: string, { room, user, online, n, prev }: HintOf<"presence">): void {
    if (!this.#options.heeds(room)) return;
    const word = this.#word(room, node);
    if (n <= word.n) return;
    // Nobody was there before.
    if (prev === 0) this.#replace(room, word, n, new Set(online ? [user] : []));
    else this.#set(room, word, user, online);
    // Something before it is missing: as good as it gets until the answer.
    if (prev !== 0 && prev !== word.n) this.#options.ask(room, node);
    else this.#confirm(word, n);
  }

  here(node: string, { room, n, part, parts, users }: HintOf<"here">): void {
    if (!this.#options.heeds(room)) return;
    const word = this.#word(room, node);
    if (n < word.n) return;
    if (word.pieces?.n !== n) word.pieces = { n, parts: new Map() };
    word.pieces.parts.set(part, users);
    if (word.pieces.parts.size < parts) return;
    const all = new Set([...word.pieces.parts.values()].flat());
    word.pieces = undefined;
    this.#replace(room, word, n, all);
  }

  /** How far a node's words about some of its rooms have come. */
  beat(node: string, { rooms }: HintOf<"beat">): void {
    for (const [room, n] of rooms) {
      if (!this.#options.heeds(room)) continue;
      const word = this.#book.get(room)?.get(node);
      if (word?.n === n) word.confirmed = this.#options.now();
      else if (!word || word.n < n) this.#options.ask(room, node);
    }
  }

  bye(node: string): void {
    const { now, silence, grace } = this.#options;
    this.#lastHeard.set(node, now() - silence + grace);
  }

  /** Nobody here heeds the room any more. */
  forget(room: string): void {
    this.#book.delete(room);
  }

  /** Lets go of the people of nodes that fell silent, and asks after what was long not confirmed. */
  sweep(): void {
    const { now, silence } = this.#options;
    for (const [node, at] of [...this.#lastHeard]) if (now() - at > silence) this.#lastHeard.delete(node);
    for (const [room, words] of [...this.#book]) for (const [node, word] of [...words]) this.#doubt(room, node, word);
  }

  #doubt(room: string, node: string, word: Word): void {
    const { now, unconfirmed, ask } = this.#options;
    const isOld = now() - word.confirmed > unconfirmed;
    if (!this.#lastHeard.has(node) || (isOld && word.users.size === 0)) this.#drop(room, node, word);
    else if (isOld) ask(room, node);
  }

  #drop(room: string, node: string, word: Word): void {
    this.#replace(room, word, word.n, new Set());
    const words = this.#book.get(room);
    words?.delete(node);
    if (words?.size === 0) this.#book.delete(room);
  }

  #word(room: string, node: string): Word {
    const words = this.#book.get(room) ?? new Map<string, Word>();
    this.#book.set(room, words);
    const word = words.get(node) ?? { n: -1, users: new Set(), confirmed: this.#options.now() };
    words.set(node, word);
    return word;
  }

  #replace(room: string, word: Word, n: number, users: ReadonlySet<string>): void {
    for (const user of word.users.difference(users)) this.#set(room, word, user, false);
    for (const user of users) this.#set(room, word, user, true);
    this.#confirm(word, n);
  }

  #confirm(word: Word, n: number): void {
    word.n = n;
    word.confirmed = this.#options.now();
  }

  /** Shows it where it makes a difference: on this node, or on a third one, somebody may be as well. */
  #set(room: string, word: Word, user: string, online: boolean): void {
    const was = this.#isAnywhere(room, user);
    if (online) word.users.add(user);
    else word.users.delete(user);
    const is = this.#isAnywhere(room, user);
    if (was !== is) this.#options.show(room, user, is);
  }

  #isAnywhere(room: string, user: string): boolean {
    return this.#options.isHere(room, user) || this.has(room, user);
  }
}
