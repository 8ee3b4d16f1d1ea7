import { Worker } from "node:worker_threads";
import { Refusal, type RefusalCode } from "#lib/chat/refusal.ts";
import type { Call } from "./group-commit.ts";
import type { Unfit } from "./outcome.ts";

export interface Failure {
  id: number;
  ok: false;
  refusal?: { code: RefusalCode; retryAfter?: number; field?: string; cause?: Unfit };
  defect?: { message: string; stack?: string };
}

export interface Answer {
  id: number;
  ok: true;
  result: unknown;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

const PRELOAD = new URL("./load-quickly.ts", import.meta.url);

/** One worker thread and the calls that it has not answered yet. */
export class Thread<Message> {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #outbox: Call[] = [];
  #next = 1;
  /** Resolves with the thread's first message, rejects with the one sentence of why it could not open the database. */
  readonly ready: Promise<{ last: number }>;
  readonly exited: Promise<void>;

  constructor(module: URL, workerData: object, receive: (message: Message) => void) {
    this.#worker = new Worker(module, { workerData, execArgv: ["--import", PRELOAD.href] });
    this.exited = new Promise((resolve) => this.#worker.once("exit", () => resolve()));
    this.ready = new Promise((resolve, reject) => {
      this.#worker.once("message", (first: { last: number }) => {
        this.#worker.on("message", receive);
        resolve(first);
      });
      this.#worker.once("error", reject);
      void this.exited.then(() => reject(new Error("A thread of the database ended before it had begun")));
    });
    // Its end is what counts: whatever waits is answered then, and the store starts another one.
    this.#worker.on("error", () => {});
    void this.exited.then(() => this.#answerBusy());
  }

  get waiting(): number {
    return this.#pending.size;
  }

  /** Calls of one turn of the event loop travel in one message: waking the thread costs more than most of what it is asked. */
  call(name: string, input: unknown): Promise<unknown> {
    const id = this.#next++;
    if (this.#outbox.length === 0) setImmediate(() => this.#flush());
    this.#outbox.push({ id, name, input });
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  settle(outcome: Answer | Failure): void {
    const pending = this.#pending.get(outcome.id);
    this.#pending.delete(outcome.id);
    if (outcome.ok) pending?.resolve(outcome.result);
    else pending?.reject(failure(outcome));
  }

  /** Says something that needs no answer. */
  tell(word: "checkpoint"): void {
    this.#worker.postMessage(word);
  }

  /** Asks the thread to finish what it has and to close its database. */
  async close(): Promise<void> {
    this.#flush();
    this.#worker.postMessage("close");
    await this.exited;
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #flush(): void {
    const calls = this.#outbox;
    this.#outbox = [];
    if (calls.length > 0) this.#worker.postMessage(calls);
  }

  #answerBusy(): void {
    for (const { reject } of this.#pending.values()) reject(new Refusal("busy", { retryAfter: 1 }));
    this.#pending.clear();
  }
}

function failure({ refusal, defect }: Failure): Error {
  if (refusal) return new Refusal(refusal.code, refusal);
  return Object.assign(new Error(defect?.message), { stack: defect?.stack });
}
