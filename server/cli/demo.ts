import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { randomId } from "#lib/chat/ids.ts";
import type { Room } from "#lib/chat/room.ts";
import type { Chat } from "#server/chat/chat.ts";
import { Complaint } from "#server/complaint.ts";
import { CONSOLE } from "./console.ts";
import { compose, type Spoken } from "./demo/compose.ts";
import { DEMO_PEOPLE, type DemoPerson } from "./demo/people.ts";
import { createRandom, type Random } from "./demo/random.ts";
import { DEMO_ROOMS, type DemoRoom } from "./demo/rooms.ts";
import { readTalk } from "./demo/script.ts";
import { answer, type Flags, progress, subcommand } from "./output.ts";
import { readPassword } from "./password.ts";
import { type Console, withChat } from "./with-chat.ts";

const SEED = 20_261_122;
const DAY = 86_400_000;
/** The place is older than its oldest conversation. */
const HISTORY = 600 * DAY;
const AT_ONCE = 500;

/** `demo` */
export function addDemoCommand(program: Command): void {
  subcommand(program, "demo", "fill an empty database with a conversation of 20 people in 8 rooms")
    .option("--password-stdin", "read the password of the demo people from standard input instead of making one up")
    .action(demo);
}

async function demo(flags: Flags & { passwordStdin?: boolean }): Promise<void> {
  const password = flags.passwordStdin ? await readPassword() : randomBytes(9).toString("base64url");
  const now = Date.now();
  // Accounts and rooms are made in the past, so that nothing of the conversation is older than its place.
  await withChat(
    async (console) => {
      const people = await addPeople(console.chat, password);
      let messages = 0;
      for (const [index, room] of DEMO_ROOMS.entries()) {
        messages += await fill(console, createRandom(SEED + index), room, people, now);
      }
      const accounts = DEMO_PEOPLE.slice(0, 2).map(({ email, name, isAdmin }) => ({
        email,
        name,
        role: isAdmin ? "admin" : "member",
        password,
      }));
      const lines = accounts.map((account) => `  ${account.email}  ${password}  (${account.name}, ${account.role})`);
      const words = `${people.size} people, ${DEMO_ROOMS.length} rooms, ${messages.toLocaleString("en")} messages. Sign in as\n${lines.join("\n")}`;
      answer(flags, { people: people.size, rooms: DEMO_ROOMS.length, messages, accounts }, words);
    },
    { now: () => now - HISTORY },
  );
}

/** Ids by person. The first one opens the place. */
async function addPeople(chat: Chat, password: string): Promise<Map<DemoPerson, string>> {
  const isEmpty = !(await chat.place.read()).claimed && (await chat.people.list(CONSOLE)).length === 0;
  if (!isEmpty) {
    throw new Complaint(
      "The demo fills an empty database, and somebody lives in this one: choose another folder, such as DATA_DIR=demo-data.",
    );
  }
  const ids = new Map<DemoPerson, string>();
  const advance = progress("People", DEMO_PEOPLE.length);
  for (const person of DEMO_PEOPLE) {
    const { email, name, isAdmin } = person;
    const { id } =
      ids.size === 0
        ? await chat.place.claim({ placeName: "Hangang Soft", language: "ko", email, name, password })
        : await chat.people.add(CONSOLE, { email, name, password, role: isAdmin ? "admin" : "member" });
    ids.set(person, id);
    advance(1);
  }
  return ids;
}

async function fill(
  { chat, store }: Console,
  random: Random,
  plan: DemoRoom,
  ids: ReadonlyMap<DemoPerson, string>,
  now: number,
): Promise<number> {
  const people = DEMO_PEOPLE.filter(({ isAdmin }) => plan.kind !== "admins" || isAdmin).slice(0, plan.members);
  const room = await open(chat, plan);
  if (plan.name && plan.kind !== "admins")
    for (const person of people) await chat.rooms.grant(CONSOLE, room.id, ids.get(person) as string);
  const spoken = compose(random, {
    talk: plan.talk.flatMap(readTalk),
    people,
    messages: plan.messages,
    days: plan.days,
    now,
  });
  const rows = spoken.map((line) => rowOf(line, ids));
  const read = rows.slice(0, rows.length - plan.unread);
  const advance = progress(room.name, rows.length);
  for (let start = 0; start < read.length; start += AT_ONCE) {
    const messages = read.slice(start, start + AT_ONCE);
    await store.write("importMessages", {
      actor: CONSOLE,
      now,
      room: room.id,
      messages,
      read: start + AT_ONCE >= read.length,
    });
    advance(messages.length);
  }
  const messages = rows.slice(read.length);
  await store.write("importMessages", { actor: CONSOLE, now, room: room.id, messages });
  advance(messages.length);
  return rows.length;
}

async function open(chat: Chat, { name, topic, kind }: DemoRoom): Promise<Room> {
  if (name) return chat.rooms.create(CONSOLE, { name, topic, kind });
  const [lobby] = await chat.rooms.list(CONSOLE);
  return chat.rooms.change(CONSOLE, (lobby as Room).id, { topic });
}

function rowOf({ author, text, createdAt }: Spoken, ids: ReadonlyMap<DemoPerson, string>) {
  return { id: randomId(), author: ids.get(author) as string, text, createdAt };
}
