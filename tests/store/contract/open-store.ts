import { openStore, type Store } from "#server/store/store.ts";
import { founding, minasSession } from "#tests/store/founding.ts";
import { newDatabase } from "#tests/support/database.ts";

/** 미나's place on a database of its own, in the dialect that the project names, with a way behind the store's back. */
export async function openFounded() {
  const { at, rows, remove } = await newDatabase();
  const opened: Store[] = [];
  const open = async () => {
    const store = await openStore({ ...at, pollEvery: 20 });
    opened.push(store);
    return store;
  };
  const store = await open();
  await store.write("claim", founding);
  await store.write("openSession", minasSession);
  const count = async (table: string) => Number((await rows(`select count(*) as n from ${table}`))[0]?.n);
  const close = async () => {
    await Promise.all(opened.map((each) => each.close()));
    await remove();
  };
  /** `open` is another process on the same database; `close` closes everything that was opened. */
  return { store, open, rows, count, close };
}
