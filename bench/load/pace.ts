import type { Dialect } from "./dialects.ts";
import { fill } from "./opening.ts";
import type { Publish, Published, Target } from "./orders.ts";
import type { Peer } from "./peer.ts";
import { clock, stamp, type Tally } from "./tally.ts";
import { workTime } from "./work-time.ts";

const TEXT = " 오늘 점심은 무엇을 먹을까요? 비가 오니 칼국수도 좋겠습니다. See you at seven.";

export interface Course {
  order: Publish;
  target: Target;
  dialect: Dialect;
  publishers: Peer[];
  subscribers: number;
  tally: Tally;
}

/**
 * Publishes at a rate or with so many in flight, then waits for what is owed. Where the server's processor time is asked for, it looks for what has come
 * between two messages instead of sleeping, so that no server is billed for waking it up.
 */
export function publish(course: Course): Promise<Published> {
  const { order, tally } = course;
  const next = sender(course);
  const began = clock();
  const end = began + order.seconds * 1_000_000;
  const deadline = end + order.patience * 1_000_000;
  const state = { sent: 0, expected: 0, busy: 0, squares: 0, behind: 0, turn: began, worked: workTime() };
  tally.begin();
  const turn = () => {
    const { sent } = state;
    const now = clock();
    // What came due in a turn that lasted beyond the end is sent all the same.
    if (now < end || order.rate !== undefined) sendDue(course, state, Math.min(now, end - 1) - began, next);
    if (tally.stirred || state.sent > sent) count(state, clock() - state.turn);
    tally.stirred = false;
    state.turn = clock();
    return now < end || (tally.delivered < state.expected && now < deadline);
  };
  return new Promise((resolve, reject) => {
    const look = () => {
      const goesOn = turn();
      if (tally.refused) reject(new Error(tally.refused));
      else if (!goesOn) resolve(summary(course, state, began));
      else if (order.polls) setImmediate(look);
      else setTimeout(look, 1);
    };
    look();
  });
}

interface State {
  sent: number;
  expected: number;
  busy: number;
  /** Of the lengths of busy turns: long ones weigh more, as more arrives during them. */
  squares: number;
  behind: number;
  /** When the last turn ended. */
  turn: number;
  worked: number;
}

function count(state: State, micros: number): void {
  state.busy += micros;
  state.squares += micros * micros;
}

function sendDue({ order, publishers, tally }: Course, state: State, elapsed: number, next: () => number): void {
  const { rate, inFlight = 1 } = order;
  const due = rate === undefined ? Number.POSITIVE_INFINITY : Math.floor((elapsed * rate) / 1_000_000) + 1;
  if (state.sent >= due) return;
  if (rate !== undefined) state.behind = Math.max(state.behind, elapsed - (state.sent * 1_000_000) / rate);
  for (const publisher of publishers) publisher.gather();
  while (state.sent < due) {
    const each = state.sent === 0 ? 1 : state.expected / state.sent;
    if (rate === undefined && state.expected - tally.delivered > (inFlight - 1) * each) break;
    state.expected += next();
    state.sent += 1;
  }
  for (const publisher of publishers) publisher.release();
}

/** Sends one message, to one room after the other, and returns how many deliveries that makes. */
function sender({ order, target, dialect, publishers, subscribers }: Course): () => number {
  const { rooms } = target;
  const destinations = rooms.map((_, room) => fill(target.send, target, room));
  const listeners = rooms.map((_, room) => Math.ceil((subscribers - room) / rooms.length));
  let count = 0;
  return () => {
    const room = count % rooms.length;
    const publisher = publishers[count % publishers.length] as Peer;
    count += 1;
    const mark = stamp();
    const destination = destinations[room] as string;
    const [body, receipt] = order.receipts ? [TEXT.trim(), mark] : [mark + TEXT, undefined];
    publisher.say(dialect.publish(destination, body, receipt));
    return order.receipts ? 1 : Math.max(0, listeners[room] as number);
  };
}

function summary({ order, tally }: Course, state: State, began: number): Published {
  const { sent, expected, behind } = state;
  const { delivered, disordered, closed, latencies } = tally;
  const [p50, p99, p999] = [latencies.quantile(0.5), latencies.quantile(0.99), latencies.quantile(0.999)];
  const took = Math.max(order.seconds * 1_000_000, tally.lastAt - began);
  const perSecond = delivered / (took / 1_000_000);
  return {
    ...{ sent, expected, delivered, disordered, closed, perSecond, p50, p99, p999 },
    // Whoever polls is always at work: then the turns count in which there was something to do.
    busy: (order.polls ? state.busy : workTime() - state.worked) / (clock() - began),
    ...(order.polls ? { turn: state.squares / state.busy / 1_000 } : {}),
    behind: behind / 1_000,
    ...(tally.apart && { apart: tally.apart.summary() }),
  };
}
