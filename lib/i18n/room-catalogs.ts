import type { Language } from "#lib/chat/person.ts";
import { chat as enChat } from "./en/chat.ts";
import { common as enCommon } from "./en/common.ts";
import { refusals as enRefusals } from "./en/refusals.ts";
import type { Catalog } from "./en.ts";
import { chat as koChat } from "./ko/chat.ts";
import { common as koCommon } from "./ko/common.ts";
import { refusals as koRefusals } from "./ko/refusals.ts";

/** The sentences that a room's screen begins with. The rest comes with the dialogs and pages that say it, for the budget of a first load. */
export type RoomCatalog = Pick<Catalog, "common" | "refusals" | "chat">;

const catalogs: Record<Language, RoomCatalog> = {
  en: { common: enCommon, refusals: enRefusals, chat: enChat },
  ko: { common: koCommon, refusals: koRefusals, chat: koChat },
};

export function roomCatalogOf(language: Language): RoomCatalog {
  return catalogs[language];
}
