import { changePasswordBody } from "#lib/chat/person.ts";
import { handle } from "../../handle.ts";

export const POST = handle("session", changePasswordBody, ({ chat, actor, input }) =>
  chat.people.changePassword(actor, input.current, input.next),
);
