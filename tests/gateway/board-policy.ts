import { Refusal } from "#lib/chat/refusal.ts";
import type {
  Admission,
  Credentials,
  Opening,
  Policy,
  Publication,
  SessionView,
  Verdict,
} from "#server/gateway/policy.ts";

export interface Reader {
  user: string;
}

type View = SessionView<Reader>;

/**
 * A notice board, the smallest policy with everything the gateway has to cope with: numbered notes per topic that may be replayed, topics not everybody may
 * read, people who may be shut out, and refusals. Passcode: `{user}-secret`; a cookie `who={user}`; a bearer `{user}-secret`.
 */
export class Board implements Policy<Reader> {
  readonly refusals = "/user/queue/refusals";
  readonly notices = "/user/queue/inbox";
  /** Notes by topic; the place in the array is the position minus one. */
  readonly notes = new Map<string, string[]>();
  /** Who may not read which topic: `user topic`. */
  readonly closed = new Set<string>();
  readonly shutOut = new Set<string>();
  readonly log: string[] = [];
  /** How often somebody wanted to connect. */
  asked = 0;
  expiresAt: number | null = null;
  /** How often a SEND was looked up that came too soon. */
  looked = 0;
  readonly #stored = new Map<string, number>();
  /** What a read or a commit waits for. */
  gate: Promise<void> = Promise.resolve();
  reviewGate: Promise<void> = Promise.resolve();
  publish: (topic: string, publication: Publication) => void = () => {};

  async connect(credentials: Credentials): Promise<Admission<Reader>> {
    this.asked += 1;
    await this.gate;
    const user = whoIs(credentials);
    if (!user) throw new Refusal("unauthenticated");
    return { identity: { user }, user, expiresAt: this.expiresAt, headers: { "user-id": user } };
  }

  topic({ user }: Reader, destination: string): string {
    if (destination.startsWith("/user/queue/")) return `/user/${user}${destination.slice("/user".length)}`;
    if (!/^\/topic\/[a-z]+$/.test(destination)) throw new Refusal("not-found");
    return destination;
  }

  async subscribe(
    { identity }: View,
    { destination, headers }: { destination: string; headers: ReadonlyMap<string, string> },
  ): Promise<Opening> {
    await this.gate;
    if (this.closed.has(`${identity.user} ${destination}`)) throw new Refusal("not-found");
    const notes = this.notes.get(destination) ?? [];
    const from = Number(headers.get("from") ?? notes.length);
    const replay = notes.slice(from).map((_, index) => this.publication(destination, from + index + 1));
    return { replay, head: notes.length, receipt: { head: String(notes.length) } };
  }

  subscribed({ identity }: View, destination: string): void {
    this.log.push(`${identity.user} subscribed ${destination}`);
  }

  unsubscribed({ identity }: View, destination: string): void {
    this.log.push(`${identity.user} unsubscribed ${destination}`);
  }

  async send(
    _: View,
    { destination, headers, body }: { destination: string; headers: ReadonlyMap<string, string>; body: Uint8Array },
  ): Promise<Record<string, string>> {
    const text = Buffer.from(body).toString();
    if (text === "defect") throw new TypeError("a defect of the policy");
    if (text === "forbidden") throw new Refusal("read-only");
    const rev = this.add(destination, text);
    const clientId = headers.get("client-id");
    if (clientId !== undefined) this.#stored.set(clientId, rev);
    await this.gate;
    this.publish(destination, this.publication(destination, rev));
    return { rev: String(rev) };
  }

  async repeated(
    _: View,
    { headers }: { headers: ReadonlyMap<string, string> },
  ): Promise<Record<string, string> | undefined> {
    this.looked += 1;
    const rev = this.#stored.get(headers.get("client-id") ?? "");
    return rev === undefined ? undefined : { rev: String(rev) };
  }

  async review({ identity }: View, destinations: readonly string[]): Promise<Verdict> {
    await this.reviewGate;
    if (this.shutOut.has(identity.user)) return { close: "expired", end: [] };
    const lost = destinations.filter((destination) => this.closed.has(`${identity.user} ${destination}`));
    return { end: lost.map((destination) => ({ destination, code: "not-found" })) };
  }

  connected({ identity }: View): void {
    this.log.push(`${identity.user} connected`);
  }

  disconnected({ identity }: View): void {
    this.log.push(`${identity.user} disconnected`);
  }

  /** Writes a note without telling anybody. Returns its position. */
  add(topic: string, text: string): number {
    const notes = this.notes.get(topic) ?? [];
    this.notes.set(topic, notes);
    return notes.push(text);
  }

  publication(destination: string, position: number): Publication {
    const text = this.notes.get(destination)?.[position - 1] ?? "";
    return { destination, position, body: text, headers: { rev: String(position), "content-type": "text/plain" } };
  }
}

function whoIs({ bearer, passcode, cookie }: Credentials): string | undefined {
  const secret = bearer ?? passcode;
  if (secret !== undefined) return /^(.+)-secret$/.exec(secret)?.[1];
  return cookie === undefined ? undefined : /(?:^|; )who=([^;]+)/.exec(cookie)?.[1];
}
