import { changeMeBody } from "#lib/chat/person.ts";
import { handle } from "../handle.ts";

export const GET = handle("read", undefined, ({ chat, actor }) => chat.people.me(actor));

export const PATCH = handle("session", changeMeBody, ({ chat, actor, input }) => chat.people.change(actor, input));
