import { Refusal } from "#lib/chat/refusal.ts";
import type { Credentials, Opening, Policy, Publication, SessionView, Verdict } from "#server/gateway/policy.ts";

export const ROOM = "/topic/room";
export const INBOX = "/user/queue/inbox";
export const REFUSALS = "/user/queue/refusals";

interface Reader {
  user: string;
}

/** Something that the policy was asked and that goes on only when the test says so. */
interface Pending {
  user: string;
  goOn: () => void;
}

/**
 * One room as a database would hold it: numbered rows, and who may read. Every answer has two steps, each of which the test has to release: reading, at one
 * instant like a transaction, and the arrival of what was read.
 */
export class Journal implements Policy<Reader> {
  readonly refusals = REFUSALS;
  readonly notices = INBOX;
  head = 0;
  /** Who may not read, and since which rev. */
  readonly revoked = new Map<string, { since: number }>();
  /** For whom the review after the revocation is done: not even what was read before may come now. */
  readonly shutOut = new Set<string>();
  readonly pending: Pending[] = [];
  /** Answers at once from now on. */
  onlyAtOnce = false;
  /** Tells a user's inbox that the room is gone. */
  tell: (user: string) => void = () => {};

  async connect({ passcode = "" }: Credentials) {
    return { identity: { user: passcode }, user: passcode, expiresAt: null, headers: {} };
  }

  topic({ user }: Reader, destination: string): string {
    return destination === ROOM ? ROOM : `${user} ${destination}`;
  }

  async subscribe(
    { identity: { user } }: SessionView<Reader>,
    { destination, headers }: { destination: string; headers: ReadonlyMap<string, string> },
  ): Promise<Opening> {
    if (destination !== ROOM) return { replay: [] };
    await this.#step(user);
    const opening = this.#read(user, Number(headers.get("from")));
    await this.#step(user);
    if (!opening) throw new Refusal("not-found");
    return opening;
  }

  async review({ identity: { user } }: SessionView<Reader>, destinations: readonly string[]): Promise<Verdict> {
    if (!destinations.includes(ROOM)) return { end: [] };
    await this.#step(user);
    const end: Verdict["end"] = this.revoked.has(user) ? [{ destination: ROOM, code: "not-found" }] : [];
    await this.#step(user);
    if (end.length > 0) this.tell(user);
    return { end };
  }

  async send(): Promise<Record<string, string>> {
    return {};
  }

  subscribed(): void {}
  unsubscribed(): void {}
  connected(): void {}
  disconnected(): void {}

  publication(rev: number): Publication {
    const headers = { rev: String(rev), prev: String(rev - 1), "content-type": "text/plain" };
    return { destination: ROOM, headers, body: `row ${rev}`, position: rev };
  }

  /** Rows, head and access, all of one instant. */
  #read(user: string, from: number): Opening | undefined {
    if (this.revoked.has(user)) return undefined;
    const replay = [];
    for (let rev = from + 1; rev <= this.head; rev++) replay.push(this.publication(rev));
    return { replay, head: this.head, receipt: { head: String(this.head) } };
  }

  async #step(user: string): Promise<void> {
    if (this.onlyAtOnce) return;
    await new Promise<void>((resolve) => this.pending.push({ user, goOn: resolve }));
  }
}
