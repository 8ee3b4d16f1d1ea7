import type { Message } from "#lib/chat/message.ts";
import type { Journal } from "./journal.ts";
import type { View } from "./view.ts";

/** A row of `select … order by rev`. */
export interface Row {
  id: string;
  rev: number;
  seq: number;
  author: string;
  clientId: string | null;
  text: string;
}

/** Somebody who was there: what they were promised, and what they hold in the end. */
export interface Witness {
  user: string;
  journal: Journal;
  view: View;
}

/**
 * Judges a room in which people only posted, by its rows in the order of rev, and by everybody who was there: every receipted message is there once and as the
 * RECEIPT said, nobody's message twice, no number is missing, nothing is there that nobody wrote, and everybody holds exactly this. Returns what is wrong.
 */
export function judge(rows: readonly Row[], witnesses: readonly Witness[]): string[] {
  return [
    ...numbering(rows),
    ...witnesses.flatMap((witness) => [
      ...promises(rows, witness),
      ...witness.view.complaints.map((complaint) => `${witness.user}: ${complaint}`),
      ...differences(rows, witness),
    ]),
    ...strangers(rows, witnesses),
  ];
}

function numbering(rows: readonly Row[]): string[] {
  const wrong = rows.filter(({ rev, seq }, index) => rev !== index + 1 || seq !== rev);
  return wrong.slice(0, 1).map(({ rev, seq }) => `the numbers have a hole or come twice at rev ${rev}, seq ${seq}`);
}

function promises(rows: readonly Row[], { user, journal }: Witness): string[] {
  const own = Map.groupBy(
    rows.filter(({ author }) => author === user),
    ({ clientId }) => clientId,
  );
  const doubled = [...own].filter(([clientId, same]) => clientId !== null && same.length > 1);
  const broken = journal.receipts().filter((receipt) => {
    const row = own.get(receipt.clientId)?.[0];
    return row?.rev !== receipt.rev || row.seq !== receipt.seq;
  });
  return [
    ...doubled.map(([clientId, same]) => `${user}: ${clientId} is stored ${same.length} times`),
    ...broken.map((receipt) => `${user}: not stored as receipted: ${JSON.stringify(receipt)}`),
  ];
}

function differences(rows: readonly Row[], { user, view }: Witness): string[] {
  const stored = rows.map(lineOf);
  const held = view.log().map(lineOf);
  const [inStore, inView] = [new Set(stored), new Set(held)];
  const missing = stored.filter((line) => !inView.has(line));
  const invented = held.filter((line) => !inStore.has(line));
  return [
    ...missing.map((line) => `${user} does not hold ${line}`),
    ...invented.map((line) => `${user} holds what is not stored: ${line}`),
  ];
}

const lineOf = ({ id, rev, seq, author, text }: Row | Message) => JSON.stringify([rev, seq, id, author, text]);

/** What was stored must have been written, word by word; the place's own first message has no clientId. */
function strangers(rows: readonly Row[], witnesses: readonly Witness[]): string[] {
  const isWritten = ({ author, clientId, text }: Row) =>
    witnesses.some(({ user, journal }) => user === author && journal.written.get(clientId ?? "") === text);
  return rows
    .filter((row) => row.clientId !== null && !isWritten(row))
    .map(({ rev }) => `nobody wrote ${rev} like this`);
}
