import type { Effect } from "#server/store/committed.ts";
import { type Heeding, NOT_NEEDED } from "./heeding.ts";

/** A commit that gave a message its present state, in the words that its stream carries. */
export type Told = Extract<Effect, { type: "posted" | "revised" }>;

/** What is known of one room's stream while somebody listens to it. */
export interface Course {
  /** The rev of the last frame that was published. */
  published?: number;
  /** The lowest head that a subscription began at: what counts as long as nothing was published. */
  baseline?: number;
  /** The highest rev that was heard of before it was known where the first subscription begins. */
  ahead?: number;
  /** The head to reach, while rows are being read from the database. */
  healing?: number;
  /** What came before that which it follows, by rev. */
  parked: Map<number, Told>;
  /** Ends the wait for what the parked ones follow. */
  parking?: NodeJS.Timeout;
  listeners: number;
  /** Looks at the heads that it outlives without a listener: a subscription may be on its way. */
  patience: number;
}

// Two seconds each: longer than any SUBSCRIBE takes.
const PATIENCE = 30;

/** The rooms that somebody listens to, or is about to. */
export interface Courses {
  get(room: string): Course | undefined;
  /** Made when it is not there. */
  of(room: string): Course;
  /** Somebody is about to listen. */
  expect(room: string): void;
  /** Lets go of those that nobody listens to, and names the others, as far as it is known where they stand: anybody may ask for any room. */
  heeded(): string[];
  /** They are of a history that is no more. */
  forget(): void;
}

export function createCourses({ heed, ignore }: Heeding = NOT_NEEDED): Courses {
  const courses = new Map<string, Course>();

  function of(room: string): Course {
    const known = courses.get(room);
    if (known) return known;
    const course = { listeners: 0, patience: PATIENCE, parked: new Map() };
    courses.set(room, course);
    heed(room);
    return course;
  }

  return {
    of,
    get: (room) => courses.get(room),
    expect(room) {
      of(room).patience = PATIENCE;
    },
    heeded() {
      for (const [room, course] of courses) {
        if (!isForsaken(course)) continue;
        courses.delete(room);
        ignore(room);
      }
      return [...courses].flatMap(([room, course]) => (isKnown(course) ? [room] : []));
    },
    forget() {
      for (const [room, { listeners, parking }] of courses) {
        clearTimeout(parking);
        courses.set(room, { listeners, patience: PATIENCE, parked: new Map() });
      }
    },
  };
}

/** How far listeners have been brought; `unknown` when nothing was published and no subscription has begun. */
export function reached({ published, baseline }: Course, unknown = 0): number {
  return published ?? baseline ?? unknown;
}

export const isKnown = ({ published, baseline }: Course) => (published ?? baseline) !== undefined;

function isForsaken(course: Course): boolean {
  return course.listeners <= 0 && course.healing === undefined && course.patience-- <= 0;
}
