import type { IStompSocket } from "@stomp/stompjs";
import { WebSocket } from "ws";
import type { MessagePage } from "#lib/chat/message.ts";
import type { Me } from "#lib/chat/person.ts";
import { isRefusalCode, Refusal } from "#lib/chat/refusal.ts";
import type { ChatClient } from "#lib/client/chat-client.ts";
import { createChatClient } from "#lib/client/create-chat-client.ts";
import { type Account, ask } from "#tests/support/place.ts";
import type { TestServer } from "#tests/support/server.ts";

/** The client core of somebody's browser, without the browser, on a real server. */
export function browserless(server: TestServer, account: Account): ChatClient {
  const me = { id: account.id, name: account.name } as Me;
  const headers = { cookie: account.cookie, origin: server.origin };
  return createChatClient(
    { endpoint: server.endpoint, snapshot: { type: "snapshot", me, rooms: [], people: [] } },
    {
      openSocket: (endpoint) => new WebSocket(endpoint, ["v12.stomp"], { headers }) as unknown as IStompSocket,
      loadPage: (room, at) => loadPage(server, account, room, at),
      watchLife: () => () => {},
      openChannel: () => undefined,
    },
  );
}

async function loadPage(server: TestServer, account: Account, room: string, at: object): Promise<MessagePage> {
  const query = new URLSearchParams(Object.entries(at).map(([name, value]) => [name, String(value)]));
  const answer = await ask<MessagePage & { code?: string }>(
    server,
    account,
    "GET",
    `/api/rooms/${room}/messages?${query}`,
  ).catch(() => undefined);
  if (answer?.status === 200) return answer.body;
  const code = answer?.body?.code ?? "busy";
  throw new Refusal(isRefusalCode(code) ? code : "busy");
}
