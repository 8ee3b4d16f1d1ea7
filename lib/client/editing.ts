import { Cell } from "./cell.ts";
import type { Editing } from "./chat-client.ts";
import type { Drafts } from "./drafts.ts";

/** The editing of one room, kept where drafts are: for each message what was typed, and which of them it is. */
export class RoomEditing implements Editing {
  private readonly cell = new Cell<string | undefined>(undefined);
  private readonly room: string;
  private readonly drafts: Drafts;
  private returnFocus: (() => void) | undefined;
  private isFresh = false;

  constructor(room: string, drafts: Drafts) {
    this.room = room;
    this.drafts = drafts;
  }

  readonly get = (): string | undefined => this.cell.get();
  readonly subscribe = (listener: () => void): (() => void) => this.cell.subscribe(listener);

  /** Goes on with what was being edited when the page was left. */
  restore(): void {
    const id = this.drafts.get(`${this.room}.edit`);
    if (id !== "") this.cell.setQuietly(id);
  }

  begin(message: string, returnFocus?: () => void): void {
    this.returnFocus = returnFocus;
    this.isFresh = true;
    this.drafts.set(`${this.room}.edit`, message);
    this.cell.set(message);
  }

  text(message: string): string {
    return this.drafts.get(`${this.room}.${message}`);
  }

  type(message: string, text: string): void {
    this.drafts.set(`${this.room}.${message}`, text);
  }

  done(message: string): (() => void) | undefined {
    if (this.cell.get() === message) return this.end();
    this.drafts.set(`${this.room}.${message}`, "");
    return undefined;
  }

  takeFocus(): boolean {
    const { isFresh } = this;
    this.isFresh = false;
    return isFresh;
  }

  end(): (() => void) | undefined {
    const message = this.cell.get();
    if (message !== undefined) this.drafts.set(`${this.room}.${message}`, "");
    return this.putAside();
  }

  putAside(): (() => void) | undefined {
    if (this.cell.get() === undefined) return undefined;
    this.drafts.set(`${this.room}.edit`, "");
    this.cell.set(undefined);
    return this.returnFocus;
  }
}
