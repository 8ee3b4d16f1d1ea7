import type { Language } from "#lib/chat/person.ts";
import type { OwnNews } from "#lib/client/own-news.ts";
import { catalogOf } from "#lib/i18n/catalogs.ts";

export function wordOwnNews(language: Language, news: OwnNews): string {
  const words = catalogOf(language).rooms.own;
  if ("room" in news) return news.role === "admin" ? words.roomAdmin(news.room) : words.noRoomAdmin(news.room);
  return news.role === "admin" ? words.admin : words.noAdmin;
}
