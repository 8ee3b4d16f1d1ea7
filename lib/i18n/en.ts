import { auth } from "./en/auth.ts";
import { chat } from "./en/chat.ts";
import { common } from "./en/common.ts";
import { keys } from "./en/keys.ts";
import { lobby } from "./en/lobby.ts";
import { refusals } from "./en/refusals.ts";
import { rooms } from "./en/rooms.ts";
import { search } from "./en/search.ts";
import { settings } from "./en/settings.ts";

/** Every sentence on the screen. English is the type; other languages are typed by it. Entries are strings, or functions of what they speak of. */
export const en = { common, refusals, auth, chat, keys, lobby, rooms, search, settings };

export type Catalog = typeof en;
