import { setPasswordBody } from "#lib/chat/person.ts";
import { handle } from "../../../handle.ts";

export const POST = handle("session", setPasswordBody, ({ chat, actor, param, input }) =>
  chat.people.setPassword(actor, param("id"), input.password),
);
