/** A question whose answer is 0 in a healthy database. The same words in both dialects. */
export interface Ailment {
  check: string;
  /** Selects one number. */
  question: string;
  healthy: string;
  wrong(count: number): string;
}

const ROOMS = `rooms r left join (
  select room, max(rev) as rev, max(seq) as seq, max(countable) as countable from messages group by room
) m on m.room = r.id`;

const RESTORE = "restore a backup, or write an issue with this sentence.";

/** What the rows say about each other. Whatever is wrong here was not done by Sarangbang: a hand, or a disk. */
export const AILMENTS: readonly Ailment[] = [
  {
    check: "heads",
    // A purge may have taken the newest rows of a room away; then its floor says so.
    question: `select count(*) from ${ROOMS} where r.head < coalesce(m.rev, 0) or (r.floor = 0 and r.head <> coalesce(m.rev, 0))`,
    healthy: "Every room's head is the number of its last change.",
    wrong: (count) => `${rooms(count)} a head that is not the number of the last change: ${RESTORE}`,
  },
  {
    check: "counters",
    question: `select count(*) from ${ROOMS} where r.floor = 0 and (r.last_seq <> coalesce(m.seq, 0) or r.countable <> coalesce(m.countable, 0))`,
    healthy: "Every room has counted its messages right.",
    wrong: (count) => `${rooms(count)} counted the messages wrong, so unread counts are: ${RESTORE}`,
  },
  {
    check: "unread",
    question: `select count(*) from memberships p join rooms r on r.id = p.room where p.read_seq > r.last_seq or p.read_countable > r.countable
      or p.read_countable <> coalesce((select m.countable from messages m where m.room = p.room and m.seq <= p.read_seq order by m.seq desc limit 1), 0)`,
    healthy: "Every read mark stands where its count says.",
    wrong: (count) => `${count} read marks do not fit their rooms; they mend themselves when those people read on.`,
  },
  {
    check: "orphans",
    question: `select (select count(*) from memberships p where p.room not in (select id from rooms) or p."user" not in (select id from users))
      + (select count(*) from messages m where not exists (select 1 from rooms r where r.id = m.room) or not exists (select 1 from users u where u.id = m.author))
      + (select count(*) from sessions s where s."user" not in (select id from users)) + (select count(*) from tokens t where t."user" not in (select id from users))`,
    healthy: "Nothing belongs to a room or a person that does not exist.",
    wrong: (count) => `${count} rows belong to a room or a person that does not exist: ${RESTORE}`,
  },
  {
    check: "changes",
    question: `select count(*) from changes where n > coalesce((select value from counters where name = 'changes'), 0)`,
    healthy: "Changes of access are numbered as their counter says.",
    wrong: (count) =>
      `${count} changes of access have numbers beyond their counter, so later ones may be overlooked: ${RESTORE}`,
  },
];

const rooms = (count: number) => (count === 1 ? "A room has" : `${count} rooms have`);
