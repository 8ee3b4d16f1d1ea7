import type { Person } from "#lib/chat/person.ts";
import { inPieces } from "./in-pieces.ts";
import { inboxBody, type Publication } from "./publication.ts";

/** The people of the place as of one change: read and encoded once for all who see them. */
export interface Everybody {
  asOf: number;
  people: Person[];
  /** JSON arrays, none too long for a frame. */
  pieces: string[];
  /** The first of so many parts of a snapshot. */
  parts(of: number): Publication[];
}

export function everybody(people: Person[], asOf: number): Everybody {
  const pieces = inPieces(people);
  const made = new Map<number, Publication[]>();

  function parts(of: number): Publication[] {
    const known = made.get(of);
    if (known) return known;
    const publications = pieces.map((piece, index) => ({
      ...inboxBody(`{"type":"snapshot","part":${index + 1},"parts":${of},"rooms":[],"people":${piece}}`),
      shared: true,
    }));
    made.set(of, publications);
    return publications;
  }

  return { asOf, people, pieces, parts };
}
