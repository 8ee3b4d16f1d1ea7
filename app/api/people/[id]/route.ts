import { changePersonBody } from "#lib/chat/person.ts";
import { handle } from "../../handle.ts";

export const PATCH = handle("admin", changePersonBody, ({ chat, actor, param, input }) =>
  chat.people.changeOther(actor, param("id"), input),
);
