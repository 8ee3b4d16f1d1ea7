import type { MessagePage } from "#lib/chat/message.ts";
import type { RoomStore } from "./chat-client.ts";
import type { Environment } from "./environment.ts";
import type { LiveRoom } from "./live-room.ts";

const LINGER = 60_000;
const KEPT = 20;

interface OpenRoom {
  room: LiveRoom;
  holders: number;
  cancelLeave: (() => void) | undefined;
}

/** The rooms that were visited: entered while held, followed for a minute longer, and kept in memory for a quick return. */
export class OpenRooms {
  private readonly rooms = new Map<string, OpenRoom>();
  private readonly make: (id: string) => LiveRoom;
  private readonly environment: Environment;
  private started = false;

  constructor(environment: Environment, make: (id: string) => LiveRoom) {
    this.environment = environment;
    this.make = make;
  }

  start(): void {
    this.started = true;
    for (const open of this.rooms.values()) if (open.holders > 0) open.room.enter();
  }

  enter(id: string, page?: MessagePage): { store: RoomStore; release(): void } {
    const open = this.rooms.get(id) ?? { room: this.make(id), holders: 0, cancelLeave: undefined };
    // The one that was entered last stands last.
    this.rooms.delete(id);
    this.rooms.set(id, open);
    open.holders += 1;
    open.cancelLeave?.();
    if (page) open.room.begin(page);
    if (this.started) open.room.enter();
    let held = true;
    const release = () => {
      if (held) this.release(open);
      held = false;
    };
    return { store: open.room, release };
  }

  /** The room was taken away from this person. */
  takeAway(id: string): void {
    this.rooms.get(id)?.room.takeAway();
  }

  /** This person may (still, or again) enter the room. */
  giveBack(id: string): void {
    const open = this.rooms.get(id);
    if (open && open.holders > 0 && open.room.get().gone) open.room.enter();
  }

  wake(): void {
    for (const { room } of this.rooms.values()) room.wake();
  }

  private release(open: OpenRoom): void {
    open.holders -= 1;
    if (open.holders > 0 || !this.started) return;
    open.cancelLeave = this.environment.after(LINGER, () => {
      open.room.leave();
      this.forgetOldest();
    });
  }

  private forgetOldest(): void {
    for (const [id, { holders }] of this.rooms) {
      if (this.rooms.size <= KEPT) return;
      if (holders === 0) {
        this.rooms.get(id)?.room.leave();
        this.rooms.delete(id);
      }
    }
  }
}
