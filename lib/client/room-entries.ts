import type { Message } from "#lib/chat/message.ts";
import type { Entry } from "./chat-client.ts";
import { type Outgoing, outgoingMessage } from "./outgoing.ts";

/** Rows of the timeline from messages and what is on its way. A row that did not change is the same object as before. */
export class RoomEntries {
  private readonly me: string;
  private readonly posted = new WeakMap<Message, Entry>();
  private readonly underway = new WeakMap<Outgoing, Entry>();

  constructor(me: string) {
    this.me = me;
  }

  of(timeline: readonly Message[], outgoing: readonly Outgoing[]): readonly Entry[] {
    const entries = timeline.map((message) => this.postedEntry(message));
    if (outgoing.length === 0) return entries;
    const here = new Set(entries.map(({ key }) => key));
    const last = timeline.at(-1)?.createdAt;
    for (const item of outgoing) if (!here.has(item.clientId)) entries.push(this.underwayEntry(item, last));
    return entries;
  }

  /** The same key from pending to posted. Only one's own clientIds are unique: another's could be made to collide. */
  keyOf(message: Message): string {
    return (message.author === this.me && message.clientId) || message.id;
  }

  private postedEntry(message: Message): Entry {
    const known = this.posted.get(message);
    if (known) return known;
    const entry: Entry = { key: this.keyOf(message), state: "posted", message };
    this.posted.set(message, entry);
    return entry;
  }

  private underwayEntry(item: Outgoing, after: string | undefined): Entry {
    const known = this.underway.get(item);
    if (known) return known;
    const message = outgoingMessage(item, this.me);
    // A clock that is behind the server's would draw it under an earlier day.
    if (after !== undefined && message.createdAt < after) message.createdAt = after;
    const entry: Entry = { key: item.clientId, state: item.state, message, reason: item.reason };
    this.underway.set(item, entry);
    return entry;
  }
}
