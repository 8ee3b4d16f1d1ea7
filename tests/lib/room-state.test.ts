import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Message, MessagePage } from "#lib/chat/message.ts";
import type { PagePlace } from "#lib/client/environment.ts";
import {
  applyMessage,
  applyPage,
  askPage,
  caughtUp,
  EMPTY_ROOM,
  follow,
  moreOf,
  type RoomState,
  startOver,
} from "#lib/client/room-state.ts";
import { messageOf } from "./message-of.ts";

const EPOCH = "e1";

/** A room as the server has it: what each rev did, and pages of the present state. */
class ServerRoom {
  readonly changes: Message[] = [];
  private readonly present = new Map<number, Message>();

  get head(): number {
    return this.changes.length;
  }

  post(): void {
    this.store(messageOf({ seq: this.head + 1 }));
  }

  /** Edits or deletes one of the messages; posts when there is none. */
  edit(which: number, isDeleted: boolean): void {
    const seqs = [...this.present.keys()];
    const before = this.present.get(seqs[which % Math.max(1, seqs.length)] ?? 0);
    const rev = this.head + 1;
    if (!before) this.post();
    else
      this.store({
        ...before,
        rev,
        text: isDeleted ? "" : `${before.seq}@${rev}`,
        ...(isDeleted && { deletedAt: "now" }),
      });
  }

  page(at: PagePlace, limit = 5): MessagePage {
    const all = this.timeline();
    const around = all.findIndex(({ seq }) => seq >= (at.around ?? Number.POSITIVE_INFINITY));
    const end = at.before ? all.findIndex(({ seq }) => seq >= (at.before ?? 0)) : all.length;
    const from = at.after ? all.findLastIndex(({ seq }) => seq <= (at.after ?? 0)) + 1 : undefined;
    const start = from ?? (around >= 0 ? Math.max(0, around - 2) : Math.max(0, end - limit));
    const messages = all.slice(start, at.before ? end : start + limit);
    const more = { before: start > 0, after: start + messages.length < all.length };
    return { messages, head: this.head, epoch: EPOCH, more };
  }

  timeline(): Message[] {
    return [...this.present.values()].sort((one, other) => one.seq - other.seq);
  }

  private store(message: Message): void {
    this.changes.push(message);
    this.present.set(message.seq, message);
  }
}

function roomWith(changes: number): ServerRoom {
  const server = new ServerRoom();
  for (let n = 0; n < changes; n++) server.post();
  return server;
}

function opened(server: ServerRoom, at: PagePlace = {}): RoomState {
  return applyPage(askPage(EMPTY_ROOM), server.page(at), at, 0);
}

function texts(state: RoomState): string[] {
  return state.timeline.map(({ text }) => text);
}

const command = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant("post" as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant("edit" as const), which: fc.nat(30), isDeleted: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("ask" as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("arrive" as const) }) },
);

type Command = typeof command extends fc.Arbitrary<infer One> ? One : never;

/** Somebody who reads upwards while the room goes on; pages take their time. */
class Reader {
  readonly server: ServerRoom;
  readonly underway: { at: PagePlace; page: MessagePage; generation: number }[] = [];
  state: RoomState;

  constructor(server: ServerRoom) {
    this.server = server;
    this.state = opened(server);
  }

  obey(one: Command): void {
    const told = this.server.head;
    if (one.act === "post") this.server.post();
    else if (one.act === "edit") this.server.edit(one.which, one.isDeleted);
    else if (one.act === "arrive") this.arrive();
    else if (moreOf(this.state).before) this.ask({ before: this.state.window?.first ?? 0 });
    for (const change of this.server.changes.slice(told)) this.state = applyMessage(this.state, change);
  }

  arrive(): void {
    const next = this.underway.shift();
    if (next) this.state = applyPage(this.state, next.page, next.at, next.generation);
  }

  private ask(at: PagePlace): void {
    this.state = askPage(this.state);
    this.underway.push({ at, page: this.server.page(at), generation: this.state.generation });
  }
}

describe("the state of a room", () => {
  test("changes in any order, any number of times, give the same state", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), fc.infiniteStream(fc.nat(1_000)), (commands, random) => {
        const server = roomWith(3);
        const begin = opened(server);
        for (const one of commands) {
          if (one.act === "post") server.post();
          if (one.act === "edit") server.edit(one.which, one.isDeleted);
        }
        const twice = [...server.changes, ...server.changes];
        const shuffled = twice.map((change) => ({ change, key: random.next().value })).sort((a, b) => a.key - b.key);
        const state = shuffled.reduce((before, { change }) => applyMessage(before, change), begin);
        expect(state.timeline).toEqual(server.timeline());
      }),
    );
  });

  test("pages that were read before a change, and arrive after it, never bring the old state back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.array(command, { maxLength: 60 }), (posts, commands) => {
        const reader = new Reader(roomWith(posts));
        for (const one of commands) reader.obey(one);
        while (reader.underway.length > 0) reader.arrive();
        const first = reader.state.window?.first ?? 0;
        expect(reader.state.timeline).toEqual(reader.server.timeline().filter(({ seq }) => seq >= first));
        expect(reader.state.aside).toEqual([]);
      }),
    );
  });

  test("a window in old messages takes edits, and new messages wait until it reaches them", () => {
    const server = roomWith(30);
    let state = opened(server, { around: 10 });
    server.edit(9, false);
    server.post();
    for (const change of server.changes.slice(30)) state = applyMessage(state, change);
    expect(texts(state)).toEqual(["8@8", "9@9", "10@31", "11@11", "12@12"]);
    for (let n = 0; n < 4; n++) {
      state = askPage(state);
      const at = { after: state.window?.last ?? 0 };
      state = applyPage(state, server.page(at), at, state.generation);
    }
    expect(moreOf(state).after).toBe(false);
    expect(state.timeline).toEqual(server.timeline().slice(7));
  });

  test("a jump to the newest page forgets the old window, and a page for it that comes late", () => {
    const server = roomWith(30);
    let state = opened(server, { around: 10 });
    state = askPage(askPage(state));
    const late = { page: server.page({ before: 8 }), generation: state.generation };
    state = applyPage(state, server.page({}), {}, state.generation);
    state = applyPage(state, late.page, { before: 8 }, late.generation);
    expect(texts(state)).toEqual(["26@26", "27@27", "28@28", "29@29", "30@30"]);
  });

  test("a page that was asked for before a reset does not count after it", () => {
    const server = roomWith(5);
    let state = askPage(opened(server));
    const late = { page: server.page({}), generation: state.generation };
    for (let n = 0; n < 600; n++) server.post();
    state = askPage(startOver(state, server.head, EPOCH));
    state = applyPage(state, server.page({}), {}, state.generation);
    state = applyPage(state, late.page, {}, late.generation);
    expect(state.asked).toBe(0);
    expect(state.timeline).toEqual(server.timeline().slice(600));
  });

  test("a reset keeps what the stream tells while the page is on its way", () => {
    const server = roomWith(5);
    let state = opened(server);
    for (let n = 0; n < 600; n++) server.post();
    state = askPage(startOver(state, server.head, EPOCH));
    const page = server.page({});
    server.edit(603, false);
    server.post();
    for (const change of server.changes.slice(605)) state = applyMessage(state, change);
    state = applyPage(state, page, {}, state.generation);
    expect(state.timeline).toEqual(server.timeline().slice(600));
    expect(state.cursor).toEqual({ epoch: EPOCH, rev: 605 });
  });
});

describe("the cursor", () => {
  const at = (rev: number) => caughtUp(EMPTY_ROOM, rev, EPOCH);

  test("follows frames that join on to it", () => {
    expect(follow(at(4), { rev: 7, prev: 4, epoch: EPOCH })).toEqual({ state: at(7), hole: false });
  });

  test("stays before a hole", () => {
    expect(follow(at(4), { rev: 7, prev: 6, epoch: EPOCH })).toEqual({ state: at(4), hole: true });
  });

  test("does not go back for a frame that comes again", () => {
    expect(follow(at(4), { rev: 3, prev: 2, epoch: EPOCH })).toEqual({ state: at(4), hole: false });
  });

  test("sees a hole in another epoch", () => {
    expect(follow(at(4), { rev: 5, prev: 4, epoch: "e2" }).hole).toBe(true);
  });

  test("goes to the head of the RECEIPT, but never back in the same epoch", () => {
    expect(caughtUp(at(4), 9, EPOCH)).toEqual(at(9));
    expect(caughtUp(at(4), 3, EPOCH)).toEqual(at(4));
    expect(caughtUp(at(4), 3, "e2").cursor).toEqual({ epoch: "e2", rev: 3 });
  });
});
