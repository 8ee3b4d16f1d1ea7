import { until } from "#tests/support/until.ts";

const PATIENCE = 30_000;

/** What a library's callbacks bring, for tests that ask for one thing after the other. */
export class Arrivals<Message> {
  readonly #messages: Message[] = [];
  readonly #receipts = new Set<string>();
  #count = 0;

  readonly message = (message: Message): void => {
    this.#messages.push(message);
  };

  readonly receipt = (id: string): void => {
    this.#receipts.add(id);
  };

  /** A receipt id that was not used yet. */
  newReceipt(): string {
    this.#count += 1;
    return `receipt-${this.#count}`;
  }

  async answered(receipt: string): Promise<void> {
    await until(`RECEIPT ${receipt}`, () => this.#receipts.has(receipt), PATIENCE);
  }

  async next(): Promise<Message> {
    await until("a message", () => this.#messages.length > 0, PATIENCE);
    return this.#messages.shift() as Message;
  }
}
