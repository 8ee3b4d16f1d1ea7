import { openStore } from "#server/store/store.ts";
import { founding, minaSays, minasSession } from "./founding.ts";

// A process that posts until it is killed, and says of each message when it was answered.
const store = await openStore({ file: process.argv[2] as string });
await store.write("claim", founding);
await store.write("openSession", minasSession);
for (let next = 0; ; next += 8) {
  const batch = Array.from({ length: 8 }, async (_, index) => {
    const clientId = `k${next + index}`;
    await store.write("post", minaSays(`${next + index}번째`, clientId));
    process.stdout.write(`${clientId}\n`);
  });
  await Promise.all(batch);
}
