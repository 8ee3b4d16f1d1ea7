import type { Me } from "#lib/chat/person.ts";
import { isRefusal, type RefusalCode } from "#lib/chat/refusal.ts";
import type { Room } from "#lib/chat/room.ts";
import type { Chat } from "#server/chat/chat.ts";
import { Complaint } from "#server/complaint.ts";
import { CONSOLE } from "./console.ts";

/** The person with this address. */
export function personBy(chat: Chat, email: string): Promise<Me> {
  return orComplain(
    chat.people.find(CONSOLE, { email: email.trim().toLowerCase() }),
    `Nobody here has the address ${email}.`,
  );
}

/** The room with this id. */
export function roomBy(chat: Chat, id: string): Promise<Room> {
  return orComplain(chat.rooms.get(CONSOLE, id), `There is no room ${id}; room list shows them all.`);
}

/** A refusal with this code, in words that name what was asked for. */
export function orComplain<T>(asked: Promise<T>, complaint: string, code: RefusalCode = "not-found"): Promise<T> {
  return asked.catch((error) => {
    throw isRefusal(error) && error.code === code ? new Complaint(complaint) : error;
  });
}
