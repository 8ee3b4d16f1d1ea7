import type { Me } from "#lib/chat/person.ts";
import { createChatClient } from "#lib/client/create-chat-client.ts";
import { settled } from "./manual-clock.ts";
import { messageOf } from "./message-of.ts";
import { ScriptedEnvironment } from "./scripted-environment.ts";

export const STREAM = "/topic/rooms/room";
export const ACTIVITY = "/topic/rooms/room/activity";
export const POST = "/app/rooms/room/post";
export const EPOCH = "e1";

const mina = { id: "mina", name: "미나" } as Me;
export const pageOf = (...seqs: number[]) => ({
  messages: seqs.map((seq) => messageOf({ seq, author: "jun" })),
  head: seqs.at(-1) ?? 0,
  epoch: EPOCH,
  more: { before: false, after: false },
});

/** 미나's browser with one room open, rendered up to rev 3, and the server in the test's hands. */
export async function enter(page: ReturnType<typeof pageOf> | null = pageOf(1, 2, 3)) {
  const around = new ScriptedEnvironment();
  const snapshot = { type: "snapshot" as const, me: mina, rooms: [], people: [] };
  const client = createChatClient({ endpoint: "ws://test/stomp", snapshot }, around.environment);
  const { store, release } = client.enter("room", page ?? undefined);
  client.start();
  await around.connect();
  around.socket.receipt("SUBSCRIBE", "/user/queue/inbox");
  if (page) around.socket.receipt("SUBSCRIBE", ACTIVITY);
  const rows = () => store.get().entries.map(({ message, state }) => `${message.text} ${state}`);
  const tell = (rev: number, prev: number, changes: object = {}) =>
    around.socket.tell(STREAM, messageOf({ seq: rev, author: "jun", ...changes }), {
      rev: String(rev),
      prev: String(prev),
      epoch: EPOCH,
    });
  const stand = async (head: number, headers: Record<string, string> = {}) => {
    around.socket.receipt("SUBSCRIBE", STREAM, { head: String(head), epoch: EPOCH, ...headers });
    await settled();
  };
  return { around, client, store, release, rows, tell, stand };
}
