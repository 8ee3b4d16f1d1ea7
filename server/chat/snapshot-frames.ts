import { inPieces, MOST } from "./in-pieces.ts";
import { inboxBody, type Publication } from "./publication.ts";
import type { OwnSnapshot } from "./snapshots.ts";

/**
 * One snapshot as the frames that carry it. In one piece the inbox of a large place would be longer than what may wait for a slow connection, which
 * would be closed, come back, and be closed again; between frames the gateway waits for room. What is the same for everyone goes first, in frames that all share.
 */
export function snapshotFrames({ me, rooms, everybody }: OwnSnapshot): Publication[] {
  const own = inPieces(rooms);
  const { pieces } = everybody;
  const oneself = JSON.stringify(me);
  const isShort = own.length + pieces.length === 2 && bytes(own) + bytes(pieces) <= MOST;
  if (isShort) return [inboxBody(`{"type":"snapshot","me":${oneself},"rooms":${own},"people":${pieces}}`)];
  const parts = pieces.length + own.length;
  return [
    ...everybody.parts(parts),
    ...own.map((piece, index) => {
      const part = pieces.length + index + 1;
      return inboxBody(
        `{"type":"snapshot","part":${part},"parts":${parts},"me":${oneself},"rooms":${piece},"people":[]}`,
      );
    }),
  ];
}

const bytes = ([piece = ""]: string[]) => Buffer.byteLength(piece);
