import { roomVerb } from "#lib/chat/destinations.ts";
import type { Cell } from "./cell.ts";
import type { HeldMark, Inbox } from "./chat-client.ts";
import type { Connection } from "./connection.ts";
import type { Environment } from "./environment.ts";
import { readUpTo, unreadFrom } from "./inbox-state.ts";

const COALESCE = 400;

/** Read marks on their way to the server: shown at once, told at most every 400 ms and room, and told again after a lost connection. */
export class ReadMarks {
  private readonly inbox: Cell<Inbox>;
  private readonly connection: Connection;
  private readonly environment: Environment;
  private readonly untold = new Map<string, number>();
  private readonly held = new Map<string, { seq: number }>();
  private waiting = false;

  constructor(inbox: Cell<Inbox>, connection: Connection, environment: Environment) {
    this.inbox = inbox;
    this.connection = connection;
    this.environment = environment;
  }

  /** Everything up to seq was seen. */
  mark(id: string, seq: number): void {
    const room = this.inbox.get().rooms.get(id);
    if (!room?.joined || seq <= room.readSeq) return;
    this.held.delete(id);
    this.untold.set(id, seq);
    this.inbox.set(readUpTo(this.inbox.get(), id, seq));
    this.tellSoon();
  }

  /**
   * Everything in this room counts as read here, at once. The server is told by `keep`; `undo` takes it back as long as it was not, and as
   * long as nothing newer was seen. Only the first of the two calls does something.
   */
  hold(id: string): HeldMark {
    const before = this.inbox.get().rooms.get(id);
    if (!before?.joined) return { keep() {}, undo() {} };
    const held = { seq: before.lastSeq };
    this.held.set(id, held);
    this.inbox.set(readUpTo(this.inbox.get(), id, held.seq));
    const settle = (end: () => void) => () => {
      if (this.held.get(id) !== held) return;
      this.held.delete(id);
      end();
    };
    return {
      keep: settle(() => {
        this.untold.set(id, held.seq);
        this.tell();
      }),
      undo: settle(() => this.inbox.set(unreadFrom(this.inbox.get(), before))),
    };
  }

  /** A snapshot came, which does not know what was read meanwhile. */
  restore(): void {
    for (const [id, seq] of this.untold) {
      const room = this.inbox.get().rooms.get(id);
      if (!room || room.readSeq >= seq) this.untold.delete(id);
      else this.inbox.set(readUpTo(this.inbox.get(), id, seq));
    }
    for (const [id, { seq }] of this.held) this.inbox.set(readUpTo(this.inbox.get(), id, seq));
    this.tellSoon();
  }

  /** The server knows. */
  told(id: string, seq: number): void {
    if ((this.untold.get(id) ?? Number.POSITIVE_INFINITY) <= seq) this.untold.delete(id);
  }

  private tellSoon(): void {
    if (this.waiting || this.untold.size === 0) return;
    this.waiting = true;
    this.environment.after(COALESCE, () => {
      this.waiting = false;
      this.tell();
    });
  }

  private tell(): void {
    for (const [id, seq] of this.untold) this.connection.publish(roomVerb(id, "read"), { seq });
  }
}
