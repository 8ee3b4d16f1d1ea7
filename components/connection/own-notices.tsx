"use client";

import { useEffect } from "react";
import { useLanguage } from "#components/ui/i18n-provider.tsx";
import { notify } from "#components/ui/notify.ts";
import { ownNews } from "#lib/client/own-news.ts";
import { useChat } from "./chat-provider.tsx";

/** Says quietly when somebody has made one an admin, of the place or of a room, or taken it back. */
export function OwnNotices() {
  const { inbox } = useChat();
  const language = useLanguage();
  useEffect(() => {
    let before = inbox.get();
    return inbox.subscribe(() => {
      const after = inbox.get();
      // It is seldom, and the words can come then.
      for (const news of ownNews(before, after))
        void import("./word-own-news.ts").then(({ wordOwnNews }) => notify(wordOwnNews(language, news)));
      before = after;
    });
  }, [inbox, language]);
  return null;
}
