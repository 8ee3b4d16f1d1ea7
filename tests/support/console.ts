import type { Scope } from "#lib/chat/token.ts";
import { openChat } from "#server/chat/open-chat.ts";
import { openStore } from "#server/store/store.ts";
import type { TestServer } from "./server.ts";

const CONSOLE = { via: "console" } as const;
const DAY = 86_400_000;

/** The database of a running server, opened beside it as the command line does, and once for a whole file of tests. */
export async function openConsole(server: TestServer) {
  const store = await openStore(server.database);
  // The command line counts in days: a token that is to expire in a moment is made almost a day ago.
  let ahead = 0;
  const { chat, close } = await openChat({ store, now: () => Date.now() + ahead });
  return {
    chat,
    store,
    /** `expiresIn` in ms, less than a day; without it the token stays good. */
    token: async (user: string, scopes: Scope[], expiresIn?: number) => {
      ahead = expiresIn === undefined ? 0 : expiresIn - DAY;
      const expiresInDays = expiresIn === undefined ? null : 1;
      const { id, secret } = await chat.tokens.create(CONSOLE, user, { name: "test", scopes, expiresInDays });
      ahead = 0;
      return { id, token: secret };
    },
    close: async () => {
      close();
      await store.close();
    },
  };
}

export type TestConsole = Awaited<ReturnType<typeof openConsole>>;
