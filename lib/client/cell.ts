import type { Readable } from "./chat-client.ts";

/** A value that tells its listeners when it becomes another one. Methods are bound. */
export class Cell<T> implements Readable<T> {
  private value: T;
  private readonly listeners = new Set<() => void>();

  constructor(value: T) {
    this.value = value;
  }

  readonly get = (): T => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of this.listeners) listener();
  }

  /** Changes the value now and tells the listeners a moment later: for changes made while React renders. */
  setQuietly(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    queueMicrotask(() => {
      for (const listener of this.listeners) listener();
    });
  }
}
