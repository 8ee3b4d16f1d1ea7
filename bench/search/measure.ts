import { parseSearch } from "#lib/text/search-query.ts";
import type { Store } from "#server/store/store.ts";
import { mina, minaSays } from "#tests/store/founding.ts";

const ROUNDS = 15;
const LIMIT = 20;

/** Something measured: its median and its worst, and what it is counted in. */
export interface Line {
  what: string;
  median: number;
  most: number;
  unit: string;
}

const QUESTIONS: [string, string][] = [
  ["two syllables that are everywhere", "회의"],
  ["one syllable", "회"],
  ["a word in one message of a thousand", "도자기"],
  ["a word in one of 100,000", "느티나무"],
  ["a long word", "프로젝트에서"],
  ["two words", "회의 느티나무"],
  ["Latin", "deploy"],
  ["nothing of that kind", "쀍쀍"],
  ["two words everywhere, never together", "홀수 짝수"],
  ["by one person", "from:me 배포"],
  ["in one room", "in:방r3 배포"],
];

const now = () => performance.now();

/** Makes everything searchable: how long it takes for each message, and the longest piece, which is what a post may have to wait for. */
export async function indexAll(store: Store, messages: number): Promise<Line[]> {
  const pieces: number[] = [];
  const began = now();
  const rooms = (await store.read("unindexed")).map(({ room }) => room);
  for (let more = true; more; ) {
    const start = now();
    ({ more } = await store.write("indexMessages", { rooms }));
    pieces.push(now() - start);
  }
  const each = ((now() - began) * 1_000) / messages;
  return [
    { what: "making searchable, a message", median: each, most: each, unit: "µs" },
    line("a piece, which others may wait for", pieces),
  ];
}

export async function searches(store: Store, at: number): Promise<Line[]> {
  const lines: Line[] = [];
  const ask = (q: string, before?: string) =>
    store.read("search", { actor: mina, now: at, query: parseSearch(q), limit: LIMIT, before });
  await ask("첫");
  for (const [what, q] of QUESTIONS) {
    let found = 0;
    let goesOn = false;
    const times = await timed(async () => {
      const { messages, next } = await ask(q);
      found = messages.length;
      goesOn = next !== undefined;
    });
    lines.push(line(`${what} (${q}): ${found}${goesOn ? " and more" : ""}`, times));
  }
  const { next } = await ask("회의");
  lines.push(line("the next page (회의)", await timed(() => ask("회의", next))));
  const page = () => store.read("page", { actor: mina, now: at, room: "r1", limit: 50 });
  lines.push(line("a page of history", await timed(page)));
  const beside = await timed(async () => {
    const hard = Promise.all(Array.from({ length: 4 }, () => ask("홀수 짝수")));
    const start = now();
    await page();
    return now() - start + 0 * (await hard).length;
  });
  lines.push(line("a page of history beside four hard searches", beside));
  return lines;
}

/** Posts one after the other and 64 at once, in turns with and without the work of search after them. */
export async function posts(store: Store): Promise<Line[]> {
  let n = 0;
  const post = () => {
    n += 1;
    return store.write("post", {
      ...minaSays(`내일 회의에서 프로젝트 일정을 확인하고 배포합시다 ${n}`, `k${n}`),
      room: "r0",
    });
  };
  const catchUp = () => store.write("indexMessages", { rooms: ["r0"] });
  const plain: number[] = [];
  const indexed: number[] = [];
  const crowd = async (then?: () => Promise<unknown>) => {
    const start = now();
    for (let round = 0; round < 10; round++) {
      const posted = Array.from({ length: 64 }, post);
      await Promise.all(then && round % 3 === 2 ? [...posted, then()] : posted);
    }
    return ((now() - start) * 1_000) / 640;
  };
  const alone: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    plain.push(await crowd());
    for (let more = true; more; ) ({ more } = await catchUp());
    indexed.push(await crowd(catchUp));
    for (let more = true; more; ) ({ more } = await catchUp());
    alone.push(...(await timed(post)));
  }
  return [
    line("a post alone", alone),
    line("a post of 64 at once", plain, "µs"),
    line("the same, with messages made searchable meanwhile", indexed, "µs"),
  ];
}

async function timed(act: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = now();
    const own = await act();
    times.push(typeof own === "number" ? own : now() - start);
  }
  return times;
}

function line(what: string, times: number[], unit = "ms"): Line {
  const sorted = times.toSorted((one, other) => one - other);
  return { what, median: sorted[Math.floor(sorted.length / 2)] ?? 0, most: sorted.at(-1) ?? 0, unit };
}
