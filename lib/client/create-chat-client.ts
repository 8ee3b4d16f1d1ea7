import { INBOX, roomVerb } from "#lib/chat/destinations.ts";
import { randomId } from "#lib/chat/ids.ts";
import type { InboxEvent } from "#lib/chat/inbox.ts";
import { Cell } from "./cell.ts";
import type { ChatClient, ChatClientOptions } from "./chat-client.ts";
import { Connection } from "./connection.ts";
import { Drafts } from "./drafts.ts";
import { browserEnvironment, type Environment } from "./environment.ts";
import { applyInbox, inboxOf } from "./inbox-state.ts";
import { LiveRoom } from "./live-room.ts";
import { OpenRooms } from "./open-rooms.ts";
import { Outbox } from "./outbox.ts";
import { openOutboxStorage } from "./outbox-storage.ts";
import { OutboxTabs } from "./outbox-tabs.ts";
import { ReadMarks } from "./read-marks.ts";
import { wholeSnapshots } from "./whole-snapshots.ts";

/**
 * The browser's side of the chat without a view: one connection, the inbox, the rooms, the outbox. Does nothing before `start`, because it is also made while
 * rendering on the server. `around` takes the place of what the browser offers.
 */
export function createChatClient(options: ChatClientOptions, around: Partial<Environment> = {}): ChatClient {
  const { endpoint, snapshot } = options;
  const environment: Environment = { ...browserEnvironment(), ...around };
  const me = snapshot.me.id;
  const inbox = new Cell(inboxOf(snapshot));
  const connection = new Connection(endpoint, environment);
  const marks = new ReadMarks(inbox, connection, environment);
  const outbox = outboxOf(me, connection, environment);
  const drafts = new Drafts(me, environment.storage);
  const rooms = new OpenRooms(environment, (id) => {
    return new LiveRoom({ id, me, connection, outbox, drafts, environment, marks });
  });
  const hear = wholeSnapshots((event: InboxEvent) => {
    inbox.set(applyInbox(inbox.get(), event));
    if (event.type === "snapshot") marks.restore();
    else if (event.type === "read") marks.told(event.room, event.readSeq);
    else if (event.type === "room-gone") rooms.takeAway(event.room);
    else if (event.type === "room") rooms.giveBack(event.room.id);
  });
  let started = false;
  return {
    connection: connection.state,
    heldUp: outbox.heldUp.any,
    inbox,
    enter: (id, page) => rooms.enter(id, page),
    start: () => {
      if (started) return;
      started = true;
      connection.subscribe({ destination: INBOX, onMessage: (body) => hear(JSON.parse(body)) });
      connection.state.subscribe(() => {
        if (!connection.isOnline()) return;
        rooms.wake();
        void outbox.adopt();
      });
      rooms.start();
      outbox.start();
      void connection.start();
    },
    wipe: async () => {
      marks.settle();
      connection.stop();
      drafts.wipe();
      await outbox.wipe();
    },
    draft: (room) => drafts.get(room),
    setDraft: (room, text) => drafts.set(room, text),
  };
}

function outboxOf(me: string, connection: Connection, environment: Environment): Outbox {
  const tab = randomId();
  return new Outbox({
    tab,
    storage: openOutboxStorage(me, environment),
    tabs: new OutboxTabs(me, tab, environment),
    environment,
    isOnline: () => connection.isOnline(),
    send: ({ room, clientId, text }) => connection.send(roomVerb(room, "post"), { clientId, text }),
  });
}
