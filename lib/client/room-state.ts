import type { Message, MessagePage } from "#lib/chat/message.ts";
import type { PagePlace } from "./environment.ts";
import { merged, withMessage } from "./message-order.ts";

/** What is known of a room's messages: one window without a hole, by seq, and how far the stream has been followed. Pure data; every function returns another one. */
export interface RoomState {
  /** Everything between the window's edges, oldest first. */
  timeline: readonly Message[];
  /** Seqs of the edges; 0 where there is nothing before, Infinity where the window follows the stream. undefined until a page has come. */
  window: { first: number; last: number } | undefined;
  cursor: { epoch: string; rev: number } | undefined;
  /** Pages on their way. While there are any, `aside` keeps what the stream tells, because a page may have been read before it. */
  asked: number;
  aside: readonly Message[];
  /** Grows when the timeline is given up (reset, jump): pages asked before no longer fit. */
  generation: number;
}

export const EMPTY_ROOM: RoomState = {
  timeline: [],
  window: undefined,
  cursor: undefined,
  asked: 0,
  aside: [],
  generation: 0,
};

/** A message of the stream, in its present state. May come twice or in any order. */
export function applyMessage(state: RoomState, message: Message): RoomState {
  const timeline = isInside(state.window, message.seq) ? withMessage(state.timeline, message) : state.timeline;
  const aside = state.asked > 0 ? withMessage(state.aside, message) : state.aside;
  return timeline === state.timeline && aside === state.aside ? state : { ...state, timeline, aside };
}

/** How far a frame brings us: `hole` when something before it was missed, and the cursor stays. */
export function follow(
  state: RoomState,
  frame: { rev: number; prev: number; epoch: string },
): { state: RoomState; hole: boolean } {
  const { cursor } = state;
  if (!cursor) return { state, hole: false };
  if (frame.epoch !== cursor.epoch || frame.prev > cursor.rev) return { state, hole: true };
  if (frame.rev <= cursor.rev) return { state, hole: false };
  return { state: { ...state, cursor: { ...cursor, rev: frame.rev } }, hole: false };
}

/** The subscription stands and everything up to `head` has been told. */
export function caughtUp(state: RoomState, head: number, epoch: string): RoomState {
  const rev = state.cursor?.epoch === epoch ? Math.max(head, state.cursor.rev) : head;
  return { ...state, cursor: { epoch, rev } };
}

/** The server replays nothing (too much was missed, another epoch): what is shown may be stale until a page replaces it. */
export function startOver(state: RoomState, head: number, epoch: string): RoomState {
  return { ...state, cursor: { epoch, rev: head }, aside: [], generation: state.generation + 1 };
}

/** A page is asked for. What the stream told until now is contained in it, because it was committed before. */
export function askPage(state: RoomState): RoomState {
  return { ...state, asked: state.asked + 1, aside: state.asked === 0 ? [] : state.aside };
}

/** The page did not come. */
export function missPage(state: RoomState): RoomState {
  const asked = Math.max(0, state.asked - 1);
  return { ...state, asked, aside: asked === 0 ? [] : state.aside };
}

/** A page came, asked for at `at` in `generation`: before or after the window's edge it makes the window longer, any other replaces it. */
export function applyPage(state: RoomState, page: MessagePage, at: PagePlace, generation: number): RoomState {
  const after = missPage(state);
  if (generation !== state.generation) return after;
  const fresh = merged(page.messages, state.aside);
  const edges = edgesOf(page);
  if (at.before === undefined && at.after === undefined) return replaced(after, fresh, edges, page);
  const { window } = state;
  if (!window) return after;
  // Another page was quicker, or the window is a different one now.
  if (at.before !== undefined && at.before !== window.first) return after;
  if (at.after !== undefined && at.after !== window.last) return after;
  const longer = at.before !== undefined ? { ...window, first: edges.first } : { ...window, last: edges.last };
  return { ...after, window: longer, timeline: inside(longer, merged(state.timeline, fresh)) };
}

/** Whether older and newer messages exist outside the window. */
export function moreOf({ window }: RoomState): { before: boolean; after: boolean } {
  return { before: (window?.first ?? 0) > 0, after: window !== undefined && window.last !== Number.POSITIVE_INFINITY };
}

function replaced(
  state: RoomState,
  messages: readonly Message[],
  window: { first: number; last: number },
  page: MessagePage,
): RoomState {
  return {
    ...state,
    window,
    timeline: inside(window, messages),
    cursor: state.cursor ?? { epoch: page.epoch, rev: page.head },
    generation: state.generation + 1,
  };
}

function edgesOf({ messages, more }: MessagePage): { first: number; last: number } {
  return {
    first: more.before ? (messages[0]?.seq ?? 0) : 0,
    last: more.after ? (messages.at(-1)?.seq ?? 0) : Number.POSITIVE_INFINITY,
  };
}

function isInside(window: RoomState["window"], seq: number): boolean {
  return window !== undefined && seq >= window.first && seq <= window.last;
}

function inside(window: { first: number; last: number }, messages: readonly Message[]): readonly Message[] {
  return messages.filter(({ seq }) => isInside(window, seq));
}
