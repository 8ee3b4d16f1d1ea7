import type { Message, MessagePage } from "#lib/chat/message.ts";
import { isRefusal, type Refusal } from "#lib/chat/refusal.ts";
import type { Environment, PagePlace } from "./environment.ts";
import type { Patience } from "./patience.ts";
import {
  applyMessage,
  applyPage,
  askPage,
  caughtUp,
  EMPTY_ROOM,
  follow,
  missPage,
  moreOf,
  startOver,
} from "./room-state.ts";

export interface RoomTimelineOptions {
  id: string;
  environment: Environment;
  patience: Patience;
  onChange(): void;
  /** The server knows no such room (any more). */
  onMissing(): void;
}

/** The messages of one room: what the stream tells and the pages of its history, brought together (room-state.ts says how). */
export class RoomTimeline {
  state = EMPTY_ROOM;
  loading = { before: false, after: false };
  private readonly options: RoomTimelineOptions;

  constructor(options: RoomTimelineOptions) {
    this.options = options;
  }

  /** A page the server has rendered: the beginning, or what a permalink leads to. */
  begin(page: MessagePage): void {
    const { window, cursor, generation } = this.state;
    if (window && isWithin(page, window)) return;
    const isFresh = !cursor || (page.epoch === cursor.epoch && page.head >= cursor.rev);
    if (isFresh) this.state = applyPage(askPage(this.state), page, {}, generation);
    // It was read before what the stream has told since, and may lack some of it.
    else void this.replace({ around: page.messages[page.messages.length >> 1]?.seq });
  }

  forget(): void {
    this.state = { ...EMPTY_ROOM, generation: this.state.generation + 1 };
  }

  apply(message: Message): void {
    this.state = applyMessage(this.state, message);
  }

  /** Returns true for a hole: something before this frame was missed. */
  advance(frame: { rev: number; prev: number; epoch: string }): boolean {
    const { state, hole } = follow(this.state, frame);
    this.state = state;
    return hole;
  }

  caughtUp(head: number, epoch: string): void {
    this.state = caughtUp(this.state, head, epoch);
  }

  /** Too much was missed: a page takes the place of what is shown; around it, when one reads old messages. */
  startOver(head: number, epoch: string): void {
    const { timeline } = this.state;
    const middle = timeline[timeline.length >> 1]?.seq;
    const isReadingHistory = moreOf(this.state).after && middle !== undefined;
    this.state = startOver(this.state, head, epoch);
    void this.replace(isReadingHistory ? { around: middle } : {});
  }

  async extend(side: "before" | "after"): Promise<void> {
    const edge = side === "before" ? this.state.window?.first : this.state.window?.last;
    if (!edge || !Number.isFinite(edge) || this.loading[side]) return;
    this.setLoading(side, true);
    const refusal = await this.load({ [side]: edge });
    const again = refusal?.code === "rate-limited" && (await this.options.patience.wait(refusal.retryAfter));
    this.setLoading(side, false);
    if (again) await this.extend(side);
  }

  /** Tries until the page is there, unless another one came first or the room is missing. */
  async replace(at: PagePlace): Promise<void> {
    const { generation } = this.state;
    for (;;) {
      const refusal = await this.load(at);
      if (!refusal || refusal.code === "not-found" || this.state.generation !== generation) return;
      if (!(await this.options.patience.wait(refusal.retryAfter))) return;
    }
  }

  private async load(at: PagePlace): Promise<Refusal | undefined> {
    this.state = askPage(this.state);
    const { generation } = this.state;
    try {
      const page = await this.options.environment.loadPage(this.options.id, at);
      this.state = applyPage(this.state, page, at, generation);
      this.options.onChange();
      return undefined;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.state = missPage(this.state);
      if (error.code === "not-found") this.options.onMissing();
      return error;
    }
  }

  private setLoading(side: "before" | "after", on: boolean): void {
    this.loading = { ...this.loading, [side]: on };
    this.options.onChange();
  }
}

function isWithin({ messages }: MessagePage, window: { first: number; last: number }): boolean {
  const [first] = messages;
  const last = messages.at(-1);
  return !first || !last || (first.seq >= window.first && last.seq <= window.last);
}
