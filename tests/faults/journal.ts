/** What a RECEIPT of a SEND says: committed to disk, under these numbers. */
export interface Kept {
  clientId: string;
  rev: number;
  seq: number;
}

/** What one client has written, and the RECEIPTs it was given for it: what the place has promised to this client, and nothing else. */
export class Journal {
  /** By clientId, in the order of writing. */
  readonly written = new Map<string, string>();
  readonly #receipts = new Map<string, Kept[]>();

  write(clientId: string, text: string): void {
    this.written.set(clientId, text);
  }

  keep(receipt: Kept): void {
    this.#receipts.set(receipt.clientId, [...(this.#receipts.get(receipt.clientId) ?? []), receipt]);
  }

  has(clientId: string): boolean {
    return this.#receipts.has(clientId);
  }

  /** All of them: a message that was sent again may have several. */
  receipts(): Kept[] {
    return [...this.#receipts.values()].flat();
  }

  /** Messages with a RECEIPT. */
  get size(): number {
    return this.#receipts.size;
  }

  /** As it is now. */
  copy(): Journal {
    const copy = new Journal();
    for (const [clientId, text] of this.written) copy.write(clientId, text);
    for (const receipt of this.receipts()) copy.keep(receipt);
    return copy;
  }
}
