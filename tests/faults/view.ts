import type { Message } from "#lib/chat/message.ts";

/** What one client holds of a room: messages in their newest state, and (epoch, rev), up to where it knows them (protocol.md, "The durable stream"). */
export class View {
  /** By id. */
  readonly messages = new Map<string, Message>();
  /** What a server may never do to a client. */
  readonly complaints: string[] = [];
  epoch: string | undefined;
  rev = 0;

  /** A MESSAGE. False when there is a hole before it: then it is not taken, and one subscribes again from `rev`. */
  take(message: Message, prev: number, epoch: string): boolean {
    if (epoch !== this.epoch) this.complaints.push(`${message.rev} came from epoch ${epoch}, not ${this.epoch}`);
    if (prev > this.rev) return false;
    if (message.rev <= this.rev) this.complaints.push(`${message.rev} came again, or after ${this.rev}`);
    this.merge(message);
    this.rev = Math.max(this.rev, message.rev);
    return true;
  }

  /** From a page of history: the higher rev wins. */
  merge(message: Message): void {
    const held = this.messages.get(message.id);
    if (!held || held.rev < message.rev) this.messages.set(message.id, message);
  }

  /** The server said that it goes on from `head`, and that the rest is to be loaded anew. */
  reset(head: number, epoch: string): void {
    if (epoch !== this.epoch) this.messages.clear();
    this.epoch = epoch;
    this.rev = head;
  }

  /** In the order of their last change. */
  log(): Message[] {
    return [...this.messages.values()].sort((one, other) => one.rev - other.rev);
  }
}
