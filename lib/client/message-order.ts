import type { Message } from "#lib/chat/message.ts";

/**
 * Messages with this one among them, by seq, each once, the higher rev winning. The same array when nothing changed.
 * A message may come twice, late, or in any order.
 */
export function withMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const at = placeOf(messages, message.seq);
  const there = messages[at];
  if (there?.seq === message.seq) return there.rev >= message.rev ? messages : messages.with(at, message);
  return messages.toSpliced(at, 0, message);
}

/** Both lists as one, by the same rule. */
export function merged(left: readonly Message[], right: readonly Message[]): readonly Message[] {
  const result: Message[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length || r < right.length) {
    const one = left[l];
    const other = right[r];
    if (!other || (one && one.seq < other.seq)) {
      result.push(one as Message);
      l += 1;
    } else if (!one || other.seq < one.seq) {
      result.push(other);
      r += 1;
    } else {
      result.push(other.rev > one.rev ? other : one);
      l += 1;
      r += 1;
    }
  }
  return result;
}

function placeOf(messages: readonly Message[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle] as Message).seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
