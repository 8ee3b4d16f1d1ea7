import { roomStream } from "#lib/chat/destinations.ts";
import type { Message } from "#lib/chat/message.ts";
import type { Store } from "#server/store/store.ts";
import { atMost } from "./at-most.ts";
import { type Course, createCourses, isKnown, reached, type Told } from "./course.ts";
import type { Heeding } from "./heeding.ts";
import { type Frame, type Publish, streamPublication } from "./publication.ts";
import { slices } from "./slices.ts";

/**
 * Publishes what rooms' numbers say, without a hole. Commits of this process arrive one by one; what another process wrote (the command line,
 * another node) is hinted at, or found by its gap or by looking at the heads, and read from the database: it orders, everything else only hints
 * (architecture.md, decision 1).
 */
export interface Stream {
  /** A commit of this process: waits for no hint. */
  committed(effect: Told): void;
  /** A commit of another node, in its own words: perhaps late, again, or before the one that it follows. */
  hinted(effect: Told): void;
  /** Somebody subscribes: call it before the head is read. */
  opening(room: string): void;
  /** The head at which a subscription began. False when others were brought further from a later one: read again. */
  opened(room: string, head: number): boolean;
  subscribed(room: string): void;
  unsubscribed(room: string): void;
  /** Looks for what others wrote into the rooms that somebody listens to, and whether the history is still the same. */
  checkHeads(): Promise<void>;
  /** The history is another one: listeners begin anew. */
  forget(): void;
}

export interface StreamOptions {
  store: Store;
  publish: Publish;
  /** Of the history that revs belong to. */
  epoch(): string;
  /** The database is found to be of this epoch, which may be another. */
  found?(epoch: string): void;
  /** What another process wrote was published; the room counted so much when it was read. */
  healed(room: string, counts: { seq: number; countable: number }): void;
  /** The database could not be read; the next look at the heads tries again. */
  failed(error: unknown): void;
  heeding?: Heeding;
  /** Milliseconds that a hint waits for the one before it, which other ways may delay, until the database is asked. */
  parkFor?: number;
}

const PARK_FOR = 25;
/** Hints of one room that may wait: what is ahead by more is read from the database as well. */
const MOST_PARKED = 64;
/** Rooms whose heads are asked for in one statement. */
const AT_ONCE = 500;
/** Rooms that are read at once: after an outage that may be all of them, and whoever opens one meanwhile does not stand behind the others. */
const HEALED_AT_ONCE = 4;

interface Parts extends StreamOptions {
  inTurn: ReturnType<typeof atMost>;
}

export function createStream(given: StreamOptions): Stream {
  const options: Parts = { ...given, inTurn: atMost(HEALED_AT_ONCE, Number.POSITIVE_INFINITY) };
  const { store, parkFor = PARK_FOR, found = () => {} } = options;
  const courses = createCourses(options.heeding);

  /** True when it is settled: published, or too old, or found later. False when something before it is missing. */
  function follows(course: Course, effect: Told): boolean {
    const { room, rev } = effect;
    if (!isKnown(course)) course.ahead = Math.max(course.ahead ?? 0, rev);
    else if (course.healing !== undefined) void heal(options, room, course, rev);
    else if (rev > reached(course) + 1) return false;
    else if (rev === reached(course) + 1) sendOn(options, course, effect);
    return true;
  }

  return {
    committed(effect) {
      const { room, rev } = effect;
      const course = courses.get(room);
      if (!course) send(options, frameOfCommit(effect, rev - 1));
      else if (!follows(course, effect)) void heal(options, room, course, rev);
    },
    hinted(effect) {
      const { room, rev } = effect;
      const course = courses.get(room);
      if (!course || follows(course, effect)) return;
      const healNow = () => void heal(options, room, course, Math.max(rev, ...course.parked.keys()));
      if (course.parked.size === MOST_PARKED) return healNow();
      course.parked.set(rev, effect);
      course.parking ??= setTimeout(healNow, parkFor).unref();
    },
    opening: courses.expect,
    opened: (room, head) => begin(options, room, courses.of(room), head),
    subscribed(room) {
      courses.of(room).listeners += 1;
    },
    unsubscribed(room) {
      courses.of(room).listeners -= 1;
    },
    async checkHeads() {
      const listened = courses.heeded();
      // Whoever has only the inbox open belongs to a history, too.
      if (listened.length === 0) found(await store.read("epoch"));
      for (const rooms of slices(listened, AT_ONCE)) {
        const { epoch, heads } = await store.read("heads", { rooms });
        found(epoch);
        for (const { room, head } of heads) {
          const course = courses.get(room);
          if (course && head > reached(course, head)) void heal(options, room, course, head);
        }
      }
    },
    forget: courses.forget,
  };
}

/** A subscription begins at this head; false when others had begun further on. */
function begin(options: Parts, room: string, course: Course, head: number): boolean {
  const { published, healing, baseline = head, ahead = 0 } = course;
  const hasBegun = published !== undefined || healing !== undefined;
  if (hasBegun && head < baseline) return false;
  if (!hasBegun) course.baseline = Math.min(baseline, head);
  course.ahead = undefined;
  if (ahead > reached(course)) void heal(options, room, course, ahead);
  return true;
}

/** Publishes what is next, and what was parked behind it. */
function sendOn(options: StreamOptions, course: Course, effect: Told): void {
  let next: Told | undefined = effect;
  while (next) {
    send(options, frameOfCommit(next, reached(course)), course);
    next = course.parked.get(next.rev + 1);
  }
  tidy(course);
}

function send({ publish, epoch }: StreamOptions, frame: Omit<Frame, "epoch">, course?: Course): void {
  publish(roomStream(frame.room), streamPublication({ ...frame, epoch: epoch() }));
  if (course) course.published = frame.rev;
}

/** Publishes what is in the database up to `head`. While it reads, it takes over whatever else is committed in this room. */
async function heal(options: Parts, room: string, course: Course, head: number): Promise<void> {
  const { epoch, inTurn, healed, failed } = options;
  const history = epoch();
  if (course.healing !== undefined) {
    course.healing = Math.max(course.healing, head);
    return;
  }
  course.healing = head;
  clearTimeout(course.parking);
  course.parking = undefined;
  try {
    while (reached(course) < course.healing) {
      const { messages, counts, skipped } = await inTurn(() => missed(options, room, course));
      // Another history has begun meanwhile: its listeners begin anew.
      if (messages.length === 0 || epoch() !== history) break;
      // Where too many were missed the newest comes alone, and its `prev` says so.
      for (const message of messages)
        send(options, frameOf(message, skipped ? message.rev - 1 : reached(course)), course);
      healed(room, counts);
    }
  } catch (error) {
    failed(error);
  } finally {
    course.healing = undefined;
    tidy(course);
  }
}

/** Whoever lost access before this was written must not hear it: the poll may not have told of that yet, so it is told before this is handed over. */
async function missed({ store }: Parts, room: string, course: Course) {
  const found = await store.read("missed", { room, rev: reached(course) });
  await store.know(found.asOf);
  return found;
}

/** Lets go of what was parked and is published by now. Nothing waits beyond its time: the database had all that was hinted at. */
function tidy(course: Course): void {
  const { parked } = course;
  for (const rev of parked.keys()) if (rev <= reached(course)) parked.delete(rev);
  if (parked.size > 0) return;
  clearTimeout(course.parking);
  course.parking = undefined;
}

function frameOfCommit({ room, rev, time, clientId, body }: Told, prev: number): Omit<Frame, "epoch"> {
  return { room, rev, prev, time: new Date(time).toISOString(), clientId, body };
}

function frameOf(message: Message, prev: number): Omit<Frame, "epoch"> {
  const { room, rev, clientId } = message;
  const time = message.deletedAt ?? message.editedAt ?? message.createdAt;
  return { room, rev, prev, time, body: JSON.stringify(message), ...(clientId !== undefined && { clientId }) };
}
