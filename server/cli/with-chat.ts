import type { Chat } from "#server/chat/chat.ts";
import { openChat } from "#server/chat/open-chat.ts";
import { complained, databaseFile, loadEnvFile, prepareDataDir, readConfig } from "#server/config.ts";
import { openStore, type Store } from "#server/store/store.ts";

export interface Console {
  chat: Chat;
  store: Store;
  /** A path as an address that people can open. */
  link(path: string): string;
}

/**
 * Runs one command on the data folder, whether or not a server runs on it: the server finds what has changed in the database. `now` is the
 * clock, in ms.
 */
export async function withChat(
  act: (console: Console) => Promise<void>,
  { now }: { now?(): number } = {},
): Promise<void> {
  loadEnvFile();
  const config = readConfig(process.env);
  await prepareDataDir(config.dataDir);
  const store = await complained(openStore({ file: databaseFile(config) }));
  try {
    const live = await openChat({ store, now });
    // Told by its own environment, or else by the server, which may have been told by one of its own.
    const isTold = [process.env.ORIGIN, process.env.PORT].some((value) => value?.trim());
    const origin = (isTold ? undefined : await store.read("announcedOrigin")) ?? config.origin;
    await act({ chat: live.chat, store, link: (path) => origin + path });
    live.close();
  } finally {
    await store.close();
  }
}
