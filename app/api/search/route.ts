import { searchInput } from "#lib/chat/search.ts";
import { handle } from "../handle.ts";

export const GET = handle("read", searchInput, ({ chat, actor, input }) => chat.messages.search(actor, input));
