import type { Environment } from "./environment.ts";

/** What tabs of one person tell each other about the outbox. */
type Word = { say: "who"; from: string } | { say: "here"; from: string } | { say: "gone"; clientId: string };

const ANSWER_WITHIN = 250;

/**
 * Which tabs are alive, so that each message is sent by one of them. An economy only: the server knows a message that is sent twice. Without
 * BroadcastChannel every tab believes that it is alone.
 */
export class OutboxTabs {
  private readonly environment: Environment;
  private readonly user: string;
  private readonly tab: string;
  private channel: BroadcastChannel | undefined;
  private alive = new Set<string>();

  constructor(user: string, tab: string, environment: Environment) {
    this.environment = environment;
    this.user = user;
    this.tab = tab;
  }

  /** Begins to listen. `onGone` is told what another tab has posted or discarded. */
  open(onGone: (clientId: string) => void): void {
    this.channel = this.environment.openChannel(`sarangbang.outbox.${this.user}`);
    this.channel?.addEventListener("message", ({ data }: MessageEvent<Word>) => {
      if (data.say === "who") this.tell({ say: "here", from: this.tab });
      else if (data.say === "here") this.alive.add(data.from);
      else onGone(data.clientId);
    });
  }

  /** The tabs that answer within a quarter of a second, this one included. */
  async living(): Promise<ReadonlySet<string>> {
    this.alive = new Set([this.tab]);
    if (this.channel) {
      this.tell({ say: "who", from: this.tab });
      await new Promise<void>((resolve) => this.environment.after(ANSWER_WITHIN, resolve));
    }
    return this.alive;
  }

  /** It was posted or discarded here. */
  gone(clientId: string): void {
    this.tell({ say: "gone", clientId });
  }

  close(): void {
    this.channel?.close();
  }

  private tell(word: Word): void {
    this.channel?.postMessage(word);
  }
}
