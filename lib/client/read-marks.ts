import { roomVerb } from "#lib/chat/destinations.ts";
import { isRefusal, type RefusalCode } from "#lib/chat/refusal.ts";
import type { Room } from "#lib/chat/room.ts";
import type { Cell } from "./cell.ts";
import type { HeldMark, Inbox } from "./chat-client.ts";
import type { Connection } from "./connection.ts";
import type { Environment } from "./environment.ts";
import { readUpTo, unreadFrom } from "./inbox-state.ts";
import { Patience } from "./patience.ts";

const COALESCE = 400;

/** Read marks on their way to the server: shown at once, told at most every 400 ms and room, and told again until the server has them. */
export class ReadMarks {
  private readonly inbox: Cell<Inbox>;
  private readonly connection: Connection;
  private readonly environment: Environment;
  private readonly untold = new Map<string, number>();
  private readonly held = new Map<string, { seq: number; before: Room }>();
  /** As the last snapshot had them. */
  private said: ReadonlyMap<string, Room> = new Map();
  private waiting = false;
  private readonly underway = new Map<string, number>();
  private readonly patience: Patience;
  private pausing = false;

  constructor(inbox: Cell<Inbox>, connection: Connection, environment: Environment) {
    this.inbox = inbox;
    this.connection = connection;
    this.environment = environment;
    this.patience = new Patience(environment);
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
   * long as nothing newer was seen. Only the first of the two calls does something. Held again meanwhile, both are one: it is told by the last
   * `keep`, and either `undo` leads back to where it began.
   */
  hold(id: string): HeldMark {
    const room = this.inbox.get().rooms.get(id);
    if (!room?.joined) return { keep() {}, undo() {} };
    const before = this.held.get(id)?.before ?? room;
    const held = { seq: room.lastSeq, before };
    this.held.set(id, held);
    this.inbox.set(readUpTo(this.inbox.get(), id, held.seq));
    return {
      keep: () => {
        if (this.held.get(id) !== held) return;
        this.held.delete(id);
        this.untold.set(id, held.seq);
        this.tell();
      },
      undo: () => {
        if (this.held.get(id)?.before !== before) return;
        this.held.delete(id);
        this.inbox.set(unreadFrom(this.inbox.get(), before));
      },
    };
  }

  /** Nothing can be taken back any more: tells the server what it does not know. */
  settle(): void {
    for (const [id, { seq }] of this.held) this.untold.set(id, seq);
    this.held.clear();
    this.tell();
  }

  /** The room is of another history now: what was read of the former one says nothing of it. */
  forget(id: string): void {
    this.untold.delete(id);
    this.held.delete(id);
    const room = this.inbox.get().rooms.get(id);
    const said = this.said.get(id);
    if (room && said && room.readSeq > room.lastSeq) this.inbox.set(unreadFrom(this.inbox.get(), said));
  }

  /** A snapshot came, which does not know what was read meanwhile. A mark beyond its last message is of a history that is no more. */
  restore(): void {
    this.said = this.inbox.get().rooms;
    for (const [id, seq] of this.untold) {
      if (this.isAhead(id, seq)) this.inbox.set(readUpTo(this.inbox.get(), id, seq));
      else this.untold.delete(id);
    }
    for (const [id, { seq }] of this.held) {
      if (this.isAhead(id, seq)) this.inbox.set(readUpTo(this.inbox.get(), id, seq));
      else this.held.delete(id);
    }
    this.tellSoon();
  }

  /** The server knows. */
  told(id: string, seq: number): void {
    if ((this.untold.get(id) ?? Number.POSITIVE_INFINITY) <= seq) this.untold.delete(id);
    if ((this.held.get(id)?.seq ?? Number.POSITIVE_INFINITY) <= seq) this.held.delete(id);
  }

  private isAhead(id: string, seq: number): boolean {
    const room = this.inbox.get().rooms.get(id);
    return room !== undefined && seq > room.readSeq && seq <= room.lastSeq;
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
    if (this.pausing || !this.connection.isOnline()) return;
    for (const [room, seq] of this.untold) {
      if (this.underway.get(room) === seq) continue;
      this.underway.set(room, seq);
      this.connection.send(roomVerb(room, "read"), { seq }).then(
        () => this.heard(room, seq),
        (error) => this.refused(room, seq, error),
      );
    }
  }

  private heard(room: string, seq: number): void {
    this.arrived(room, seq);
    this.told(room, seq);
    if (!this.pausing) this.patience.hurry();
  }

  private refused(room: string, seq: number, error: unknown): void {
    this.arrived(room, seq);
    if (!isRefusal(error)) throw error;
    if (GONE.has(error.code) && this.untold.get(room) === seq) this.untold.delete(room);
    // After a lost connection it is told again behind the next snapshot.
    else if (error.field !== "connection") void this.pause(error.retryAfter);
  }

  private arrived(room: string, seq: number): void {
    if (this.underway.get(room) === seq) this.underway.delete(room);
  }

  /** One for all rooms: whoever is sent away with one has no use for sending the others. */
  private async pause(retryAfter: number | undefined): Promise<void> {
    if (this.pausing) return;
    this.pausing = true;
    await this.patience.wait(retryAfter);
    this.pausing = false;
    this.tellSoon();
  }
}

const GONE: ReadonlySet<RefusalCode> = new Set(["not-found", "forbidden"]);
