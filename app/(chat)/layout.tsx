import type { ReactNode } from "react";
import { ChatProvider } from "#components/connection/chat-provider.tsx";
import { TimesProvider } from "#components/connection/times.tsx";
import { Shell } from "#components/sidebar/shell.tsx";
import { runtime } from "#server/runtime.ts";
import { requireActor } from "../session.ts";
import { timeZone } from "./time-zone.ts";

/** Everything around a room: rendered from one snapshot of the inbox, which the browser goes on from. */
export default async function ChatLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor("/rooms");
  const { chat, config } = runtime();
  const [snapshot, place, zone] = await Promise.all([chat.inbox(actor), chat.place.read(), timeZone()]);
  return (
    <ChatProvider snapshot={snapshot} place={{ name: place.name, addresses: config.addresses }}>
      <TimesProvider zone={zone}>
        <Shell>{children}</Shell>
      </TimesProvider>
    </ChatProvider>
  );
}
