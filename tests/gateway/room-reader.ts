import { INBOX, ROOM } from "./journal-policy.ts";
import type { Peer, Seen } from "./peer.ts";

/**
 * A client of the room, as lib/client is one: a cursor, and SUBSCRIBE from it. It is strict where a browser is forgiving: a duplicate or a hole that nothing
 * explains is noted as a complaint.
 */
export class RoomReader {
  readonly user: string;
  readonly peer: Peer;
  /** Why this reader is displeased with the server. */
  readonly complaints: string[] = [];
  cursor = 0;
  state: "out" | "entering" | "in" | "hole" | "leaving" = "out";
  #seen: number;
  #receipts = 0;
  readonly #mayBeLost: (rev: number) => boolean;
  readonly #mayHear: (rev: number) => boolean;

  constructor(
    user: string,
    peer: Peer,
    { mayBeLost, mayHear }: { mayBeLost: (rev: number) => boolean; mayHear: (rev: number) => boolean },
  ) {
    this.user = user;
    this.peer = peer;
    this.#seen = peer.seen.length;
    this.#mayBeLost = mayBeLost;
    this.#mayHear = mayHear;
  }

  enter(): void {
    if (this.state !== "out") return;
    this.state = "entering";
    this.peer.send(
      `SUBSCRIBE\nid:${ROOM}\ndestination:${ROOM}\nfrom:${this.cursor}\nreceipt:in ${++this.#receipts}\n\n`,
    );
  }

  leave(): void {
    if (this.state === "out" || this.state === "leaving") return;
    this.state = "leaving";
    this.peer.send(`UNSUBSCRIBE\nid:${ROOM}\nreceipt:out ${++this.#receipts}\n\n`);
  }

  /** Reads everything that has come since. */
  read(): void {
    for (const frame of this.peer.seen.slice(this.#seen)) this.#take(frame);
    this.#seen = this.peer.seen.length;
  }

  #take({ command, headers, body }: Seen): void {
    if (command === "ERROR") this.complaints.push(`ERROR ${headers.code}: ${headers.message}`);
    if (command === "RECEIPT") this.#answered(headers["receipt-id"] ?? "");
    if (command !== "MESSAGE") return;
    if (headers.destination === ROOM) this.#message(Number(headers.rev), Number(headers.prev));
    else if (headers.destination === INBOX) this.#gone();
    else if (this.state === "entering" && JSON.parse(body).subscription === ROOM) this.state = "out";
  }

  #answered(receipt: string): void {
    if (receipt === `in ${this.#receipts}`) this.state = "in";
    if (receipt === `out ${this.#receipts}`) this.state = "out";
  }

  /** The inbox says that the room was taken away. Whoever is entering has the refusal of SUBSCRIBE to wait for. */
  #gone(): void {
    if (this.state === "in" || this.state === "hole") this.state = "out";
  }

  #message(rev: number, prev: number): void {
    if (!this.#mayHear(rev)) this.complaints.push(`rev ${rev} came although access was lost before it`);
    if (this.state === "out") this.complaints.push(`rev ${rev} came without a subscription`);
    if (this.state === "hole" || this.state === "leaving") return;
    if (rev <= this.cursor) this.complaints.push(`rev ${rev} came twice`);
    else if (prev > this.cursor) this.#hole(prev);
    else this.cursor = rev;
  }

  #hole(prev: number): void {
    for (let rev = this.cursor + 1; rev <= prev; rev++)
      if (this.#mayBeLost(rev)) {
        this.state = "hole";
        return;
      }
    this.complaints.push(`revs ${this.cursor + 1} to ${prev} are missing and no hint was lost`);
    this.state = "hole";
  }
}
