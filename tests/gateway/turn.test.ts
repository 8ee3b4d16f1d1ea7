import { describe, expect, test } from "vitest";
import { Run, Turn } from "#server/gateway/turn.ts";

const [a, b, c] = ["a", "b", "c"].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

/** A socket that is owed frames, and writes them when it is told to. */
class Socket {
  readonly written: Buffer[] = [];
  readonly #turn: Turn;
  #run: Run | undefined;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  owe(...pieces: Buffer[]): this {
    for (const piece of pieces) this.#run = this.#run ? this.#run.followedBy(piece) : this.#turn.begin(this, piece);
    return this;
  }

  flush(): void {
    if (this.#run) this.written.push(this.#run.join());
    this.#run = undefined;
  }
}

const end = () => new Promise(setImmediate);

describe("a turn", () => {
  test("writes once at its end what a socket is owed, in order", async () => {
    const jun = new Socket(new Turn()).owe(a, b, a);
    expect(jun.written).toEqual([]);
    await end();
    expect(jun.written.map(String)).toEqual(["aba"]);
  });

  test("makes one Buffer for all who are owed the same frames in the same order", async () => {
    const turn = new Turn();
    const sockets = [1, 2, 3].map(() => new Socket(turn));
    for (const piece of [a, b, c]) for (const socket of sockets) socket.owe(piece);
    await end();
    const [first] = sockets[0]?.written ?? [];
    expect(first?.toString()).toBe("abc");
    for (const { written } of sockets) expect(written[0]).toBe(first);
  });

  test("gives everybody their own where the frames or their order differ", async () => {
    const turn = new Turn();
    const orders = [[a, b], [b, a], [a, c], [a], [a, b, c], [a, c, b], [a, c]];
    const sockets = orders.map((order) => new Socket(turn).owe(...order));
    await end();
    expect(sockets.map(({ written }) => String(written[0]))).toEqual(["ab", "ba", "ac", "a", "abc", "acb", "ac"]);
    expect(sockets[2]?.written[0]).toBe(sockets[6]?.written[0]);
  });

  test("copies nothing of a frame that stands alone", async () => {
    const jun = new Socket(new Turn()).owe(a);
    await end();
    expect(jun.written[0]).toBe(a);
  });

  test("remembers nothing of the one before", async () => {
    const turn = new Turn();
    const jun = new Socket(turn).owe(a, b);
    await end();
    jun.owe(a);
    await end();
    await end();
    expect(jun.written.map(String)).toEqual(["ab", "a"]);
  });

  test("writes nothing twice for a socket that could not wait for its end", async () => {
    const jun = new Socket(new Turn()).owe(a, b);
    jun.flush();
    jun.owe(c);
    await end();
    expect(jun.written.map(String)).toEqual(["ab", "c"]);
  });
});

describe("a run", () => {
  test("joins once, whoever asks, and knows its length", () => {
    const run = new Run(undefined, a).followedBy(b).followedBy(c);
    expect(run.length).toBe(3);
    expect(run.join()).toBe(run.join());
    expect(run.pieces()).toEqual([a, b, c]);
  });

  test("is not changed by what others are owed behind it", () => {
    const run = new Run(undefined, a);
    const longer = run.followedBy(b);
    expect([run.join(), longer.join()].map(String)).toEqual(["a", "ab"]);
    expect(run.followedBy(b)).toBe(longer);
  });
});
