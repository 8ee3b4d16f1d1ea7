import type { Chat } from "#server/chat/chat.ts";
import { openChat } from "#server/chat/open-chat.ts";
import { complained, database, loadEnvFile, prepareDataDir, readConfig } from "#server/config.ts";
import { openStore, type Store } from "#server/store/store.ts";

export interface Console {
  chat: Chat;
  store: Store;
  /** A path as an address that people can open. */
  link(path: string): string;
}

/** Milliseconds: whoever types a command sees for themselves that the database is not there. */
const PATIENCE = 5_000;

/**
 * Runs one command on the database, whether or not a server runs on it: the server finds what has changed in the database. `now` is the
 * clock, in ms.
 */
export async function withChat(
  act: (console: Console) => Promise<void>,
  { now }: { now?(): number } = {},
): Promise<void> {
  loadEnvFile();
  const config = readConfig(process.env);
  if (!config.databaseUrl) await prepareDataDir(config.dataDir);
  const store = await complained(openStore({ ...database(config), patience: PATIENCE }));
  try {
    const live = await openChat({ store, now });
    // Told by its own environment, or else by the server, which may have been told by one of its own.
    const isTold = [process.env.ORIGIN, process.env.PORT].some((value) => value?.trim());
    const origin = (isTold ? undefined : await store.read("announcedOrigin")) ?? config.origin;
    const link = (path: string) => origin + path;
    try {
      await act({ chat: live.chat, store, link });
    } finally {
      await remind(live.chat, link("/setup"));
      live.close();
    }
  } finally {
    await store.close();
  }
}

/** Accounts, rooms and tokens can be made before anybody has opened the place, but they lead nowhere. Beside the answer, so that scripts which read it go on. */
async function remind(chat: Chat, setup: string): Promise<void> {
  if ((await chat.place.read()).claimed) return;
  process.stderr.write(
    `Nobody can sign in yet: the place has to be claimed first, in a browser at ${setup} or with user add --role admin.\n`,
  );
}
