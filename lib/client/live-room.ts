import type { StompHeaders } from "@stomp/stompjs";
import { roomActivity, roomStream, roomVerb } from "#lib/chat/destinations.ts";
import type { Message, MessagePage } from "#lib/chat/message.ts";
import type { Refusal } from "#lib/chat/refusal.ts";
import { Cell } from "./cell.ts";
import type { HeldMark, RoomSnapshot, RoomStore } from "./chat-client.ts";
import type { Connection } from "./connection.ts";
import type { Drafts } from "./drafts.ts";
import { RoomEditing } from "./editing.ts";
import type { Environment } from "./environment.ts";
import type { Outbox } from "./outbox.ts";
import { Patience } from "./patience.ts";
import type { ReadMarks } from "./read-marks.ts";
import { RoomActivity } from "./room-activity.ts";
import { RoomEntries } from "./room-entries.ts";
import { moreOf } from "./room-state.ts";
import { RoomTimeline } from "./room-timeline.ts";

export interface LiveRoomOptions {
  id: string;
  me: string;
  connection: Connection;
  outbox: Outbox;
  drafts: Drafts;
  environment: Environment;
  marks: ReadMarks;
}

/** One room as the screen shows it: follows its stream while open, heals holes, and shows what is on its way. */
export class LiveRoom implements RoomStore {
  readonly id: string;
  readonly editing: RoomEditing;
  private readonly options: LiveRoomOptions;
  private readonly entries: RoomEntries;
  private readonly patience: Patience;
  private readonly timeline: RoomTimeline;
  private readonly activity: RoomActivity;
  private readonly cell: Cell<RoomSnapshot>;
  private stream: { again(): void; cancel(): void } | undefined;
  private activityStream: { cancel(): void } | undefined;
  private unlisten: (() => void) | undefined;
  private open = false;
  private live = false;
  private gone = false;

  constructor(options: LiveRoomOptions) {
    const { id, me, environment, connection } = options;
    this.id = id;
    this.options = options;
    this.editing = new RoomEditing(id, options.drafts);
    this.entries = new RoomEntries(me);
    this.patience = new Patience(environment);
    const onChange = () => this.changed();
    this.timeline = new RoomTimeline({
      id,
      environment,
      patience: this.patience,
      onChange,
      onMissing: () => this.takeAway(),
    });
    const tell = (on: boolean) => connection.publish(roomVerb(id, "typing"), { on });
    this.activity = new RoomActivity({ me, environment, onChange, tell });
    this.cell = new Cell(this.snapshot());
  }

  readonly get = (): RoomSnapshot => this.cell.get();
  readonly subscribe = (listener: () => void): (() => void) => this.cell.subscribe(listener);

  /** A page the server has rendered: shown at once, but listeners hear of it later, because React is rendering. */
  begin(page: MessagePage): void {
    this.timeline.begin(page);
    this.cell.setQuietly(this.snapshot());
  }

  /** Follows the room: subscribes from where it is, or loads the newest page first. */
  enter(): void {
    if (this.open) return;
    this.open = true;
    this.gone = false;
    this.editing.restore();
    this.unlisten = this.options.outbox.subscribe((room) => room === this.id && this.changed());
    this.cell.setQuietly(this.snapshot());
    if (this.timeline.state.cursor) this.follow();
    else void this.timeline.replace({}).then(() => this.follow());
  }

  /** Lets go; what is loaded stays for a quick return. */
  leave(): void {
    this.open = false;
    this.patience.stop();
    this.stream?.cancel();
    this.activityStream?.cancel();
    this.stream = undefined;
    this.unlisten?.();
    this.down();
  }

  /** Taken away from this person: nothing of it stays. */
  takeAway(): void {
    this.gone = true;
    this.timeline.forget();
    this.leave();
  }

  /** The connection is back: no use in waiting any longer. */
  wake(): void {
    this.patience.hurry();
  }

  readonly post = (text: string): void => {
    this.activity.typed(false);
    this.options.outbox.post(this.id, text);
    if (moreOf(this.timeline.state).after) void this.jumpToLatest();
  };

  readonly edit = async ({ id, seq }: Message, text: string): Promise<void> => {
    await this.options.connection.send(roomVerb(this.id, "edit"), { messageId: id, seq, text });
  };

  readonly delete = async ({ id, seq }: Message): Promise<void> => {
    await this.options.connection.send(roomVerb(this.id, "delete"), { messageId: id, seq });
  };

  readonly retry = (key: string): void => this.options.outbox.retry(key);
  readonly discard = (key: string): void => this.options.outbox.remove(key);
  readonly typing = (on: boolean): void => this.activity.typed(on);
  /** What is beyond the end of the room belongs to a history that is no more, and is about to leave the screen. */
  readonly markRead = (seq: number): void => {
    if (seq <= (this.timeline.state.cursor?.rev ?? 0)) this.options.marks.mark(this.id, seq);
  };
  readonly markAllRead = (): HeldMark => this.options.marks.hold(this.id);
  readonly loadBefore = (): Promise<void> => this.timeline.extend("before");
  readonly loadAfter = (): Promise<void> => this.timeline.extend("after");
  readonly jumpToLatest = (): Promise<void> => this.timeline.replace({});

  private follow(): void {
    if (!this.open || this.stream || !this.timeline.state.cursor) return;
    const { connection } = this.options;
    this.stream = connection.subscribe({
      destination: roomStream(this.id),
      headers: () => this.cursorHeaders(),
      onMessage: (body, headers) => this.heard(JSON.parse(body), headers),
      onReceipt: (headers) => this.stands(headers),
      onRefused: (refusal) => this.refused(refusal),
      onDown: () => this.down(),
    });
    this.activityStream = connection.subscribe({
      destination: roomActivity(this.id),
      onMessage: (body) => this.activity.apply(JSON.parse(body)),
    });
  }

  private cursorHeaders(): StompHeaders {
    const { cursor } = this.timeline.state;
    return cursor ? { from: String(cursor.rev), epoch: cursor.epoch } : {};
  }

  private heard(message: Message, { rev, prev, epoch }: Readonly<StompHeaders>): void {
    this.timeline.apply(message);
    // Whoever edits an old message may be typing a new one.
    if (message.rev === message.seq) this.activity.heard(message.author);
    // Until the RECEIPT this is replay, or frames of an earlier subscription: the RECEIPT says how far we are, and the screen changes once.
    if (!this.live) return;
    if (this.timeline.advance({ rev: Number(rev), prev: Number(prev ?? 0), epoch: epoch ?? "" })) {
      this.live = false;
      this.stream?.again();
    }
    this.changed();
  }

  private stands({ head, epoch, reset }: Readonly<StompHeaders>): void {
    this.live = true;
    this.patience.hurry();
    if (head !== undefined && epoch !== undefined) {
      if (epoch !== this.timeline.state.cursor?.epoch) this.options.marks.forget(this.id);
      if (reset === "true") this.timeline.startOver(Number(head), epoch);
      else this.timeline.caughtUp(Number(head), epoch);
    }
    this.changed();
  }

  private refused(refusal: Refusal): void {
    this.live = false;
    if (refusal.code === "not-found" || refusal.code === "forbidden") {
      this.takeAway();
      return;
    }
    this.changed();
    void this.patience.wait(refusal.retryAfter).then((goOn) => goOn && this.stream?.again());
  }

  private down(): void {
    this.live = false;
    this.activity.forget();
    this.changed();
  }

  private changed(): void {
    this.settle();
    this.cell.set(this.snapshot());
  }

  /** What has arrived, or must have arrived by now, is no longer on its way. */
  private settle(): void {
    const { outbox } = this.options;
    const underway = outbox.of(this.id);
    if (underway.length === 0) return;
    const { timeline, cursor } = this.timeline.state;
    const here = new Set(timeline.map((message) => this.entries.keyOf(message)));
    const rev = cursor?.rev ?? 0;
    for (const item of underway)
      if (here.has(item.clientId) || (item.rev !== undefined && item.rev <= rev)) outbox.remove(item.clientId);
  }

  private snapshot(): RoomSnapshot {
    const { state, loading } = this.timeline;
    return {
      entries: this.entries.of(state.timeline, this.options.outbox.of(this.id)),
      more: moreOf(state),
      loading,
      typing: this.activity.typing,
      online: this.activity.online,
      membersAsOf: this.activity.membersAsOf,
      live: this.live,
      gone: this.gone,
    };
  }
}
