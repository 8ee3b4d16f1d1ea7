import { Refusal } from "#lib/chat/refusal.ts";
import { detached, type Frame, sizeOf } from "#server/stomp/frame.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";

/** Limits of one session. Bytes are those of bodies and headers. */
export interface TransactionLimits {
  maxTransactions: number;
  maxTransactionFrames: number;
  maxTransactionBytes: number;
}

/** The transactions that a session has begun (STOMP 1.2, "BEGIN"): the frames that wait for their COMMIT. With the session they are gone. */
export class Transactions {
  readonly #limits: TransactionLimits;
  readonly #open = new Map<string, Frame[]>();
  #frames = 0;
  #bytes = 0;

  constructor(limits: TransactionLimits) {
    this.#limits = limits;
  }

  begin(frame: Frame): void {
    const id = idOf(frame);
    if (this.#open.has(id)) throw new ProtocolError("malformed", "A transaction with this id is open already");
    if (this.#open.size >= this.#limits.maxTransactions) throw new Refusal("rate-limited");
    this.#open.set(id, []);
  }

  /** Keeps a SEND, ACK or NACK until its transaction is committed. */
  join(frame: Frame): void {
    const frames = this.#named(frame);
    const { maxTransactionFrames, maxTransactionBytes } = this.#limits;
    const size = sizeOf(frame.headers, frame.body.length);
    if (this.#frames >= maxTransactionFrames || this.#bytes + size > maxTransactionBytes) throw new Refusal("too-long");
    this.#frames += 1;
    this.#bytes += size;
    frames.push({ ...frame, body: detached(frame.body) });
  }

  /** Ends a transaction, with COMMIT or ABORT; returns what it held. */
  end(frame: Frame): Frame[] {
    const frames = this.#named(frame);
    this.#open.delete(idOf(frame));
    this.#frames -= frames.length;
    for (const { headers, body } of frames) this.#bytes -= sizeOf(headers, body.length);
    return frames;
  }

  #named(frame: Frame): Frame[] {
    const frames = this.#open.get(idOf(frame));
    if (!frames) throw new ProtocolError("malformed", "There is no open transaction with this id");
    return frames;
  }
}

function idOf(frame: Frame): string {
  const id = frame.headers.get("transaction");
  if (id === undefined) throw new ProtocolError("malformed", "The transaction header is missing");
  return id;
}
