import { Drafts } from "./drafts.ts";
import { browserEnvironment } from "./environment.ts";
import { openOutboxStorage } from "./outbox-storage.ts";

/** Removes what this browser keeps for a person: drafts, and messages that were not sent. For sign-out on pages without a chat client. */
export async function wipeBrowser(user: string): Promise<void> {
  const environment = browserEnvironment();
  new Drafts(user, environment.storage).wipe();
  await openOutboxStorage(user, environment).wipe();
}
