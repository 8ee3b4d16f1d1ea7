import { roomStream } from "#lib/chat/destinations.ts";
import type { Message } from "#lib/chat/message.ts";
import type { Effect } from "#server/store/committed.ts";
import type { Store } from "#server/store/store.ts";
import { type Course, createCourses, reached } from "./course.ts";
import { type Frame, type Publish, streamPublication } from "./publication.ts";

type Posted = Extract<Effect, { type: "posted" }>;

/**
 * Publishes what rooms' numbers say, without a hole. Commits of this process arrive one by one; what another process wrote (the command line,
 * another node) is found by its gap or by looking at the heads, and read from the database: it orders, everything else only hints
 * (architecture.md, decision 1).
 */
export interface Stream {
  posted(effect: Posted): void;
  /** Somebody subscribes: call it before the head is read. */
  opening(room: string): void;
  /** The head at which a subscription began. */
  opened(room: string, head: number): void;
  subscribed(room: string): void;
  unsubscribed(room: string): void;
  /** Looks for what others wrote into the rooms that somebody listens to. */
  checkHeads(): Promise<void>;
}

export interface StreamOptions {
  store: Store;
  publish: Publish;
  epoch: string;
  /** A message that another process wrote was published. */
  healed(room: string, at: { seq: number; countable: number }): void;
  /** The database could not be read; the next look at the heads tries again. */
  failed(error: unknown): void;
}

export function createStream(options: StreamOptions): Stream {
  const { store } = options;
  const courses = createCourses();
  return {
    posted({ room, rev, body, time, clientId }) {
      const course = courses.get(room);
      const isOld = course?.published !== undefined && rev <= course.published;
      if (isOld) return;
      const hasHole = course && (course.healing !== undefined || rev - 1 > reached(course, rev));
      if (hasHole) void heal(options, room, course, rev);
      else send(options, { room, rev, prev: rev - 1, time: new Date(time).toISOString(), clientId, body }, course);
    },
    opening: courses.expect,
    opened(room, head) {
      const course = courses.of(room);
      course.baseline = Math.min(course.baseline ?? head, head);
    },
    subscribed(room) {
      courses.of(room).listeners += 1;
    },
    unsubscribed(room) {
      courses.of(room).listeners -= 1;
    },
    async checkHeads() {
      const rooms = courses.heeded();
      if (rooms.length === 0) return;
      const { heads } = await store.read("heads", { rooms });
      for (const { room, head } of heads) {
        const course = courses.of(room);
        if (head > reached(course, head)) void heal(options, room, course, head);
      }
    },
  };
}

function send({ publish, epoch }: StreamOptions, frame: Omit<Frame, "epoch">, course?: Course): void {
  publish(roomStream(frame.room), streamPublication({ ...frame, epoch }));
  if (course) course.published = frame.rev;
}

/** Publishes what is in the database up to `head`. While it reads, it takes over whatever else is committed in this room. */
async function heal(options: StreamOptions, room: string, course: Course, head: number): Promise<void> {
  if (course.healing !== undefined) {
    course.healing = Math.max(course.healing, head);
    return;
  }
  course.healing = head;
  try {
    while (reached(course) < course.healing) {
      const { rows, skipped, asOf } = await options.store.read("missed", { room, rev: reached(course) });
      const last = rows.at(-1);
      if (!last) break;
      // Whoever lost access before this was written must not hear it: the poll may not have told of that yet.
      await options.store.know(asOf);
      // Where too many were missed the newest comes alone, and its `prev` says so.
      for (const { message } of rows)
        send(options, frameOf(message, skipped ? message.rev - 1 : reached(course)), course);
      options.healed(room, { seq: last.message.seq, countable: last.countable });
    }
  } catch (error) {
    options.failed(error);
  } finally {
    course.healing = undefined;
  }
}

function frameOf(message: Message, prev: number): Omit<Frame, "epoch"> {
  const { room, rev, clientId } = message;
  const time = message.deletedAt ?? message.editedAt ?? message.createdAt;
  return { room, rev, prev, time, body: JSON.stringify(message), ...(clientId !== undefined && { clientId }) };
}
