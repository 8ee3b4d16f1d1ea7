import { newcomerBody } from "#lib/chat/person.ts";
import { handle } from "../../handle.ts";

export const POST = handle("nobody", newcomerBody, ({ chat, param, input }) => chat.people.join(param("code"), input));
