"use client";

import { useEffect } from "react";
import { useLanguage } from "#components/ui/i18n-provider.tsx";
import { notify } from "#components/ui/notify.ts";
import { type OwnNews, ownNews } from "#lib/client/own-news.ts";
import { useChat } from "./chat-provider.tsx";

/** Says quietly when somebody has made one an admin, of the place or of a room, or taken it back. */
export function OwnNotices() {
  const { inbox } = useChat();
  const language = useLanguage();
  useEffect(() => {
    let before = inbox.get();
    const unsaid: OwnNews[] = [];
    return inbox.subscribe(() => {
      const after = inbox.get();
      unsaid.push(...ownNews(before, after));
      before = after;
      if (unsaid.length === 0) return;
      // It is seldom, and the words can come then.
      void import("./word-own-news.ts").then(
        ({ wordOwnNews }) => {
          for (const news of unsaid.splice(0)) notify(wordOwnNews(language, news));
        },
        // Not to be had now: tried again with the next change of the inbox.
        () => undefined,
      );
    });
  }, [inbox, language]);
  return null;
}
