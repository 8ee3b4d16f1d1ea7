import type { Catalog } from "./en.ts";
import { auth } from "./ko/auth.ts";
import { chat } from "./ko/chat.ts";
import { common } from "./ko/common.ts";
import { keys } from "./ko/keys.ts";
import { lobby } from "./ko/lobby.ts";
import { refusals } from "./ko/refusals.ts";
import { rooms } from "./ko/rooms.ts";
import { search } from "./ko/search.ts";
import { settings } from "./ko/settings.ts";

export const ko: Catalog = { common, refusals, auth, chat, keys, lobby, rooms, search, settings };
