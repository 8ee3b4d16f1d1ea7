import { deleteDB, type IDBPDatabase, openDB } from "idb";
import type { Environment } from "./environment.ts";
import type { Outgoing } from "./outgoing.ts";

/** Where messages wait through a reload. */
export interface OutboxStorage {
  load(): Promise<Outgoing[]>;
  put(outgoing: Outgoing): Promise<void>;
  remove(clientId: string): Promise<void>;
  wipe(): Promise<void>;
}

const STORE = "outbox";

/** IndexedDB, one database per person; memory where the browser has none (then messages wait no longer than the page lives). */
export function openOutboxStorage(user: string, environment: Environment): OutboxStorage {
  if (!environment.indexedDB) return memoryStorage();
  const name = `sarangbang.${user}`;
  const memory = memoryStorage();
  let opened: Promise<IDBPDatabase | undefined> | undefined;
  const open = () => {
    opened ??= openDB(name, 1, {
      upgrade: (database) => void database.createObjectStore(STORE, { keyPath: "clientId" }),
      // Another tab signs out and deletes it.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    }).catch(() => undefined);
    return opened;
  };
  const write = async (change: (database: IDBPDatabase) => Promise<void>, instead: () => Promise<void>) => {
    const database = await open();
    // A browser may take its storage away at any moment (private windows, a full disk); what is in memory is sent all the same.
    return database ? change(database).catch(instead) : instead();
  };
  return {
    load: async () => (await (await open())?.getAll(STORE)) ?? [],
    put: (outgoing) =>
      write(
        (database) => inOne(database, (store) => store.put(outgoing)),
        () => memory.put(outgoing),
      ),
    remove: (clientId) =>
      write(
        (database) => inOne(database, (store) => store.delete(clientId)),
        () => memory.remove(clientId),
      ),
    wipe: async () => {
      (await open())?.close();
      await deleteDB(name);
    },
  };
}

type WritableStore = ReturnType<ReturnType<IDBPDatabase["transaction"]>["objectStore"]> & {
  put(value: Outgoing): Promise<unknown>;
  delete(key: string): Promise<void>;
};

// commit() at once: a page that is reloaded aborts transactions that wait to be committed by themselves.
async function inOne(database: IDBPDatabase, act: (store: WritableStore) => Promise<unknown>): Promise<void> {
  const transaction = database.transaction(STORE, "readwrite");
  const done = act(transaction.objectStore(STORE) as unknown as WritableStore);
  transaction.commit();
  await Promise.all([done, transaction.done]);
}

function memoryStorage(): OutboxStorage {
  const kept = new Map<string, Outgoing>();
  return {
    load: async () => [...kept.values()],
    put: async (outgoing) => void kept.set(outgoing.clientId, outgoing),
    remove: async (clientId) => void kept.delete(clientId),
    wipe: async () => kept.clear(),
  };
}
