"use client";

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { ENDPOINT } from "#lib/chat/destinations.ts";
import type { InboxEvent } from "#lib/chat/inbox.ts";
import type { Me, Person } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import type { ChatClient, Inbox } from "#lib/client/chat-client.ts";
import { createChatClient } from "#lib/client/create-chat-client.ts";
import { useReadable } from "./use-readable.ts";

/** What does not change while a page lives. */
interface PlaceFacts {
  name: string;
  /** Where this place can be reached: what an invite link may carry. */
  addresses: readonly string[];
}

interface ChatProviderProps {
  snapshot: Extract<InboxEvent, { type: "snapshot" }>;
  place: PlaceFacts;
  children: ReactNode;
}

const ClientContext = createContext<ChatClient | null>(null);
const PlaceContext = createContext<PlaceFacts>({ name: "", addresses: [] });

/** Holds the one chat client of this page, begun with what the server rendered from; connects once it is in a browser. */
export function ChatProvider({ snapshot, place, children }: ChatProviderProps) {
  const [client] = useState(() => createChatClient({ endpoint: endpoint(), snapshot }));
  useEffect(() => client.start(), [client]);
  useSessionEnd(client);
  return (
    <ClientContext value={client}>
      <PlaceContext value={place}>{children}</PlaceContext>
    </ClientContext>
  );
}

/** A session that is over shows nothing any more: the page leads to the sign-in, which comes back here. */
function useSessionEnd(client: ChatClient) {
  const { ended } = useReadable(client.connection);
  useEffect(() => {
    if (!ended) return;
    const { pathname } = window.location;
    window.location.replace(`/sign-in?next=${encodeURIComponent(pathname)}`);
  }, [ended]);
}

export function useChat(): ChatClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error("useChat needs a ChatProvider above it.");
  return client;
}

export function usePlace(): PlaceFacts {
  return useContext(PlaceContext);
}

/** A part of the inbox; renders again only when that part is another object. */
export function useInbox<T>(select: (inbox: Inbox) => T): T {
  const { inbox } = useChat();
  const read = () => select(inbox.get());
  return useSyncExternalStore(inbox.subscribe, read, read);
}

export function useMe(): Me {
  return useInbox(meOf);
}

export function useRoom(id: string | undefined): Room | undefined {
  return useInbox(({ rooms }) => (id === undefined ? undefined : rooms.get(id)));
}

export function usePerson(id: string): Person | undefined {
  return useInbox(({ people }) => people.get(id));
}

const meOf = (inbox: Inbox) => inbox.me;

function endpoint(): string {
  // On the server nothing connects; the address only has to be one.
  if (typeof window === "undefined") return `ws://localhost${ENDPOINT}`;
  return `${window.location.origin.replace(/^http/, "ws")}${ENDPOINT}`;
}
