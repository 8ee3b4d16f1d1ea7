import type { Environment } from "./environment.ts";

/** What is written and not sent, by room, in the browser of one person. Held in memory where the browser keeps nothing. */
export class Drafts {
  private readonly memory = new Map<string, string>();
  private readonly prefix: string;
  private readonly storage: Environment["storage"];

  constructor(user: string, storage: Environment["storage"]) {
    this.prefix = `sarangbang.draft.${user}.`;
    this.storage = storage;
  }

  get(room: string): string {
    return this.memory.get(room) ?? this.storage?.getItem(this.prefix + room) ?? "";
  }

  set(room: string, text: string): void {
    this.memory.set(room, text);
    try {
      if (text === "") this.storage?.removeItem(this.prefix + room);
      else this.storage?.setItem(this.prefix + room, text);
    } catch {
      // The browser's space is used up: memory has it for as long as the page lives.
    }
  }

  wipe(): void {
    this.memory.clear();
    const { storage } = this;
    if (!storage) return;
    const names = Array.from({ length: storage.length }, (_, n) => storage.key(n));
    for (const name of names) if (name?.startsWith(this.prefix)) storage.removeItem(name);
  }
}
