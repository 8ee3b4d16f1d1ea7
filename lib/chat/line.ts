import { z } from "zod";

// Letters and symbols that draw nothing: Hangul fillers and the blank Braille pattern.
const BLANK = /[\u115f\u1160\u2800\u3164\uffa0]/gu;
const DRAWN = /[\p{L}\p{N}\p{P}\p{S}]/u;
// Marks that turn the direction of what stands around them: a name could pose as another one.
const TURNING = /\p{Bidi_Control}/u;

/** One line of visible text: trimmed, NFC, no control characters, at least one character that can be seen. At most `most` code points. */
export function line(most: number) {
  return z
    .string()
    .trim()
    .max(most)
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value) && !TURNING.test(value))
    .refine((value) => DRAWN.test(value.replaceAll(BLANK, "")))
    .transform((value) => value.normalize("NFC"));
}
