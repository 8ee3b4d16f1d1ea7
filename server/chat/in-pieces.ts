/** Bytes of rooms or people in one frame: with oneself and the headers it stays below 64 KiB. */
export const MOST = 56 * 1024;

/** A list as JSON arrays that are each short enough for a frame; an empty one is one piece. */
export function inPieces(things: readonly object[]): string[] {
  const pieces: string[][] = [[]];
  let left = MOST;
  for (const thing of things) {
    const json = JSON.stringify(thing);
    const bytes = Buffer.byteLength(json) + 1;
    if (bytes > left && left < MOST) {
      pieces.push([]);
      left = MOST;
    }
    left -= bytes;
    pieces.at(-1)?.push(json);
  }
  return pieces.map((piece) => `[${piece.join(",")}]`);
}
