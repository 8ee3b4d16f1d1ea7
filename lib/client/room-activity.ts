import { type ActivityEvent, TYPING_EXPIRES } from "#lib/chat/activity.ts";
import type { Environment } from "./environment.ts";

const RENEW = 3_000;

/** Who is typing and who is here, in one room; and one's own typing, told at most every 3 seconds. */
export class RoomActivity {
  typing: readonly string[] = [];
  online: ReadonlySet<string> = new Set();
  /** Grows whenever who is in the room may be another than before. */
  membersAsOf = 0;
  private readonly me: string;
  private readonly environment: Environment;
  private readonly onChange: () => void;
  private readonly tell: (on: boolean) => void;
  private readonly expiries = new Map<string, () => void>();
  private toldAt: number | undefined;

  constructor(options: { me: string; environment: Environment; onChange(): void; tell(on: boolean): void }) {
    this.me = options.me;
    this.environment = options.environment;
    this.onChange = options.onChange;
    this.tell = options.tell;
  }

  apply(event: ActivityEvent): void {
    // While one was away anything may have happened.
    if (event.type === "snapshot" || event.type === "members") this.membersAsOf += 1;
    if (event.type === "snapshot") this.begin(event.online, event.typing);
    else if (event.type === "typing") this.setTyping(event.user, event.on);
    else if (event.type === "presence") this.setOnline(event.user, event.online);
    else if (event.type !== "members") return;
    this.onChange();
  }

  /** A message of this person arrived: typing is over. */
  heard(user: string): void {
    this.setTyping(user, false);
  }

  /** One's own composer has text, or was cleared. */
  typed(on: boolean): void {
    const now = this.environment.now();
    if (on ? this.toldAt !== undefined && now - this.toldAt < RENEW : this.toldAt === undefined) return;
    this.toldAt = on ? now : undefined;
    this.tell(on);
  }

  /** The connection is lost, or the room was left: nothing is known any more. */
  forget(): void {
    this.begin([], []);
    this.toldAt = undefined;
  }

  private begin(online: string[], typing: string[]): void {
    for (const cancel of this.expiries.values()) cancel();
    this.expiries.clear();
    this.typing = [];
    this.online = new Set(online);
    for (const user of typing) this.setTyping(user, true);
  }

  private setTyping(user: string, on: boolean): void {
    if (user === this.me) return;
    this.expiries.get(user)?.();
    this.expiries.delete(user);
    if (on)
      this.expiries.set(
        user,
        this.environment.after(TYPING_EXPIRES, () => this.expire(user)),
      );
    if (on !== this.typing.includes(user)) this.typing = [...this.expiries.keys()];
  }

  private expire(user: string): void {
    this.setTyping(user, false);
    this.onChange();
  }

  private setOnline(user: string, online: boolean): void {
    if (this.online.has(user) === online) return;
    const next = new Set(this.online);
    if (online) next.add(user);
    else next.delete(user);
    this.online = next;
  }
}
