import { changesAfter } from "./queries/changes.ts";
import { epoch } from "./queries/epoch.ts";
import { inbox } from "./queries/inbox.ts";
import { invite, inviteList } from "./queries/invites.ts";
import { missed, page, posted, replay } from "./queries/messages.ts";
import { credentials, findPerson, me, people, personAsSeen } from "./queries/people.ts";
import { announcedOrigin, leads, place } from "./queries/place.ts";
import {
  heads,
  joinedRooms,
  members,
  room,
  roomAsSeen,
  roomsAsSeen,
  roomsOf,
  roomsWithoutAdmin,
} from "./queries/rooms.ts";
import { search } from "./queries/search.ts";
import { actorOf, remaining } from "./queries/sessions.ts";
import { takesWrites } from "./queries/takes-writes.ts";
import { tokenList } from "./queries/tokens.ts";
import { unindexed } from "./queries/unindexed.ts";

/** Everything that can be read, by the name it travels under to a reader's thread. Each is one read transaction. */
export const queries = {
  ...{ place, leads, announcedOrigin, epoch, takesWrites, changesAfter },
  ...{ people, me, findPerson, personAsSeen, credentials },
  ...{ actorOf, remaining },
  ...{ roomsOf, room, members, joinedRooms, roomAsSeen, roomsAsSeen, roomsWithoutAdmin, heads },
  ...{ page, replay, missed, posted },
  ...{ search, unindexed },
  inbox,
  ...{ inviteList, invite, tokenList },
};

export type Queries = typeof queries;
