/** Whatever collects frames during a turn and writes them at its end. */
interface Collecting {
  flush(): void;
}

/**
 * What is written in one turn of the event loop. Each socket gets all it is owed in one write, and sockets that are owed the same frames in the same order
 * get the very same Buffer: a room of a thousand is joined once, not a thousand times.
 */
export class Turn {
  #collecting: Collecting[] = [];
  #runs = new Map<Buffer, Run>();
  #number = 1;
  #ending = false;

  /** Which turn of all it is, from 1. */
  get number(): number {
    this.#awaitEnd();
    return this.#number;
  }

  /** The run that begins with this piece. `collecting` is flushed at the end of the turn. */
  begin(collecting: Collecting, piece: Buffer): Run {
    this.#awaitEnd();
    this.#collecting.push(collecting);
    const known = this.#runs.get(piece);
    if (known) return known;
    const run = new Run(undefined, piece);
    this.#runs.set(piece, run);
    return run;
  }

  #awaitEnd(): void {
    if (this.#ending) return;
    this.#ending = true;
    setImmediate(() => this.#end());
  }

  #end(): void {
    const collecting = this.#collecting;
    this.#collecting = [];
    this.#runs = new Map();
    this.#ending = false;
    this.#number += 1;
    for (const one of collecting) one.flush();
  }
}

/** Pieces in their order. A run and a further piece make one other run, the same for everybody who gets there. */
export class Run {
  /** In bytes. */
  readonly length: number;
  readonly #before: Run | undefined;
  readonly #piece: Buffer;
  #next: Run | undefined;
  /** Where somebody went on in another way than the first who came here. */
  #others: Map<Buffer, Run> | undefined;
  #joined: Buffer | undefined;

  constructor(before: Run | undefined, piece: Buffer) {
    this.#before = before;
    this.#piece = piece;
    this.length = (before?.length ?? 0) + piece.length;
  }

  /** The run that has this piece behind all of these. */
  followedBy(piece: Buffer): Run {
    this.#next ??= new Run(this, piece);
    if (this.#next.#piece === piece) return this.#next;
    this.#others ??= new Map();
    let other = this.#others.get(piece);
    if (!other) {
      other = new Run(this, piece);
      this.#others.set(piece, other);
    }
    return other;
  }

  /** All of it in one Buffer, made once. */
  join(): Buffer {
    this.#joined ??= this.#before ? Buffer.concat(this.pieces(), this.length) : this.#piece;
    return this.#joined;
  }

  pieces(): Buffer[] {
    const pieces: Buffer[] = [];
    for (let run: Run | undefined = this; run; run = run.#before) pieces.push(run.#piece);
    return pieces.reverse();
  }
}
