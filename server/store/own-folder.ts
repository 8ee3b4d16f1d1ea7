import { join } from "node:path";
import Database from "better-sqlite3";
import { explain } from "./explain.ts";

/** Milliseconds: a server that was killed a moment ago may still be on its way out. */
const PATIENCE = 1_000;

/**
 * Makes this process the one server of a data folder, until it ends: presence, limits and the order of publications live in its memory. Throws an
 * Error of one sentence when another server runs on it. The lock is the system's, on a file of its own: it goes with the process however that ends,
 * and the command line, which only needs the database, never asks for it. Returns how to let go.
 */
export function ownFolder(folder: string): () => void {
  const file = join(folder, "server.lock");
  try {
    // Nothing is ever written to it, so it may be opened here, on the main thread.
    const lock = new Database(file, { timeout: PATIENCE });
    lock.exec("begin exclusive");
    return () => lock.close();
  } catch (error) {
    if ((error as { code?: string }).code !== "SQLITE_BUSY") throw explain(error, file);
    const way = "use that one, stop it, or choose another folder with DATA_DIR.";
    throw new Error(`Another Sarangbang is running on the data folder ${folder}: ${way}`, { cause: error });
  }
}
