import { expect, test } from "vitest";
import type { Message } from "#lib/chat/message.ts";
import { Journal } from "./journal.ts";
import { judge, type Row } from "./oracle.ts";
import { View } from "./view.ts";

const ROWS: Row[] = [
  { id: "a", rev: 1, seq: 1, author: "place", clientId: null, text: "어서 오세요" },
  { id: "b", rev: 2, seq: 2, author: "mina", clientId: "k1", text: "하나" },
  { id: "c", rev: 3, seq: 3, author: "mina", clientId: "k2", text: "둘" },
];

/** 미나 wrote both, has a RECEIPT for both, and holds what was stored at the time. */
function mina({ receipts = [2, 3], holds = ROWS }: { receipts?: number[]; holds?: Row[] } = {}) {
  const journal = new Journal();
  for (const [index, text] of ["하나", "둘"].entries()) journal.write(`k${index + 1}`, text);
  for (const [index, rev] of receipts.entries()) journal.keep({ clientId: `k${index + 1}`, rev, seq: rev });
  const view = new View();
  view.reset(0, "e");
  for (const row of holds) view.take(messageOf(row), view.rev, "e");
  return { user: "mina", journal, view };
}

const messageOf = (row: Row) => ({ ...row, room: "r", createdAt: "", reactions: {} }) as unknown as Message;

/** Says what was wrong of a room as it should be, after this has happened to it. */
const after = (change: (rows: Row[]) => Row[]) => judge(change(structuredClone(ROWS)), [mina()]);

test("nothing is wrong where 미나 has what was promised to her", () => {
  expect(judge(ROWS, [mina()])).toEqual([]);
});

test("a message with a RECEIPT that is not there is found, and one that came under another number", () => {
  expect(after((rows) => rows.slice(0, 2))).toContain(
    'mina: not stored as receipted: {"clientId":"k2","rev":3,"seq":3}',
  );
  expect(judge(ROWS, [mina({ receipts: [2, 4] })])).toContain(
    'mina: not stored as receipted: {"clientId":"k2","rev":4,"seq":4}',
  );
});

test("a message that is stored twice is found, and one that nobody wrote like this", () => {
  const twice = after((rows) => [...rows, { ...rows[2]!, id: "d", rev: 4, seq: 4 }]);
  expect(twice).toContain("mina: k2 is stored 2 times");
  expect(after((rows) => rows.map((row) => ({ ...row, text: `${row.text}!` })))).toContain("nobody wrote 2 like this");
});

test("a number that is missing is found, and one that comes twice", () => {
  const hole = after((rows) => rows.map((row) => (row.rev === 3 ? { ...row, rev: 4, seq: 4 } : row)));
  expect(hole).toContain("the numbers have a hole or come twice at rev 4, seq 4");
  const same = after((rows) => rows.map((row) => (row.rev === 3 ? { ...row, rev: 2, seq: 2 } : row)));
  expect(same).toContain("the numbers have a hole or come twice at rev 2, seq 2");
});

test("what 미나 does not hold in the end is found, and what she holds alone", () => {
  expect(judge(ROWS, [mina({ holds: ROWS.slice(0, 2) })])).toEqual(['mina does not hold [3,3,"c","mina","둘"]']);
  expect(judge(ROWS.slice(0, 2), [mina({ receipts: [2] })])).toEqual([
    'mina holds what is not stored: [3,3,"c","mina","둘"]',
  ]);
});

test("a MESSAGE that comes again is found, and one with a hole before it is not taken", () => {
  const witness = mina();
  witness.view.take(messageOf(ROWS[1]!), 1, "e");
  expect(judge(ROWS, [witness])).toEqual(["mina: 2 came again, or after 3"]);
  expect(witness.view.take(messageOf({ ...ROWS[2]!, id: "x", rev: 9 }), 8, "e")).toBe(false);
});
