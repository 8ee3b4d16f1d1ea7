import { Cell } from "./cell.ts";
import type { Environment } from "./environment.ts";

/** Milliseconds that a message may be on its way before anything is said: a retry or two, and a slow line. */
const PATIENCE = 3_000;

/** Rooms in which one's own next message has been on its way for a while: sent and not receipted, or refused because the server is busy. */
export class HeldUp {
  /** Whether there is any. */
  readonly any = new Cell(false);
  private readonly after: Environment["after"];
  /** What cancels the wait, of rooms that do. */
  private readonly waiting = new Map<string, () => void>();
  private readonly rooms = new Set<string>();

  constructor({ after }: Pick<Environment, "after">) {
    this.after = after;
  }

  /** It is tried; whether for the first time or again. */
  begin(room: string): void {
    if (this.waiting.has(room)) return;
    const cancel = this.after(PATIENCE, () => {
      this.rooms.add(room);
      this.any.set(true);
    });
    this.waiting.set(room, cancel);
  }

  /** It has its RECEIPT, or waits for something else. */
  end(room: string): void {
    this.waiting.get(room)?.();
    this.waiting.delete(room);
    this.rooms.delete(room);
    this.any.set(this.rooms.size > 0);
  }
}
