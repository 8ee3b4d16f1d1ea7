import { type Command, Option } from "commander";
import {
  createRoomBody,
  POSTING,
  type Posting,
  ROOM_KINDS,
  ROOM_ROLES,
  type RoomKind,
  type RoomRole,
} from "#lib/chat/room.ts";
import { minding } from "./admins.ts";
import { CONSOLE } from "./console.ts";
import { personBy, roomBy } from "./find.ts";
import { answer, type Flags, subcommand, table } from "./output.ts";
import { parse } from "./parse.ts";
import { withChat } from "./with-chat.ts";

/** `room add|list|grant|revoke|archive` */
export function addRoomCommands(room: Command): void {
  subcommand(room, "add", "make a room")
    .requiredOption("--name <name>", "what it is called")
    .option("--topic <topic>", "what it is about", "")
    .addOption(new Option("--kind <kind>", "who may enter").choices(ROOM_KINDS).default("open"))
    .addOption(new Option("--posting <who>", "who may post").choices(POSTING).default("everyone"))
    .action(add);
  subcommand(room, "list", "every room, restricted and archived ones included").action(list);
  member(room, "grant", "let somebody in, or change what they are in the room")
    .addOption(
      new Option("--role <role>", "what they are in the room; left out, it stays as it is").choices(ROOM_ROLES),
    )
    .action(grant);
  member(room, "revoke", "take somebody out").action(revoke);
  subcommand(room, "archive", "make a room read-only, until it is opened again with --undo")
    .requiredOption("--room <id>", "which room")
    .option("--undo", "open it again")
    .action(archive);
}

function member(room: Command, verb: string, description: string): Command {
  return subcommand(room, verb, description)
    .requiredOption("--room <id>", "which room")
    .requiredOption("--email <address>", "whom");
}

async function add(flags: Flags & { name: string; topic: string; kind: RoomKind; posting: Posting }): Promise<void> {
  const { name, topic, kind, posting } = flags;
  const input = parse(createRoomBody, { name, topic, kind, posting });
  await withChat(async ({ chat }) => {
    const room = await chat.rooms.create(CONSOLE, input);
    answer(flags, { id: room.id, name: room.name, kind: room.kind }, `The room ${room.name} is there (${room.id}).`);
  });
}

async function list(flags: Flags): Promise<void> {
  await withChat(async ({ chat }) => {
    const rooms = await chat.rooms.list(CONSOLE);
    const rows = rooms.map(({ id, name, topic, kind, posting, archived }) => ({
      id,
      name,
      topic,
      kind,
      posting,
      archived,
    }));
    answer(
      flags,
      rows,
      table(
        ["ID", "NAME", "WHO MAY ENTER", ""],
        rows.map((row) => [row.id, row.name, row.kind, row.archived ? "archived" : ""]),
      ),
    );
  });
}

async function grant(flags: Flags & { room: string; email: string; role?: RoomRole }): Promise<void> {
  const { role } = flags;
  await withChat(async ({ chat }) => {
    const room = await roomBy(chat, flags.room);
    const person = await personBy(chat, flags.email);
    await minding(chat, () => chat.rooms.grant(CONSOLE, room.id, person.id, role));
    const words = { admin: "is an admin of", member: "is a member of" };
    const value = { room: room.id, user: person.id, ...(role && { role }) };
    answer(flags, value, `${person.name} ${role ? words[role] : "may enter"} ${room.name} now.`);
  });
}

async function revoke(flags: Flags & { room: string; email: string }): Promise<void> {
  await withChat(async ({ chat }) => {
    const room = await roomBy(chat, flags.room);
    const person = await personBy(chat, flags.email);
    await minding(chat, () => chat.rooms.revoke(CONSOLE, room.id, person.id));
    answer(flags, { room: room.id, user: person.id }, `${person.name} is out of ${room.name} now.`);
  });
}

async function archive(flags: Flags & { room: string; undo?: boolean }): Promise<void> {
  await withChat(async ({ chat }) => {
    await roomBy(chat, flags.room);
    const room = await chat.rooms.change(CONSOLE, flags.room, { archived: !flags.undo });
    answer(
      flags,
      { id: room.id, archived: room.archived },
      `${room.name} is ${room.archived ? "archived" : "open again"}.`,
    );
  });
}
