import { deleteMessage } from "./commands/delete.ts";
import { editMessage } from "./commands/edit.ts";
import { importMessages } from "./commands/import-messages.ts";
import { indexMessages } from "./commands/index-messages.ts";
import { createInvite, join, revokeInvite } from "./commands/invites.ts";
import { markRead } from "./commands/mark-read.ts";
import { grant, joinRoom, leaveRoom, revoke } from "./commands/memberships.ts";
import { changeMe, changePerson, setPassword } from "./commands/people.ts";
import { addPerson, announceOrigin, claim, keepSecret, renamePlace } from "./commands/place.ts";
import { post } from "./commands/post.ts";
import { purge } from "./commands/purge.ts";
import { renewEpoch } from "./commands/renew-epoch.ts";
import { changeRoom, createRoom } from "./commands/rooms.ts";
import { closeSession, openSession } from "./commands/sessions.ts";
import { createToken, revokeToken } from "./commands/tokens.ts";

/** Everything that can be written, by the name it travels under to the writer's thread. Each one checks access itself. */
export const commands = {
  ...{ claim, addPerson, renamePlace, announceOrigin, keepSecret },
  ...{ changeMe, changePerson, setPassword },
  ...{ openSession, closeSession },
  ...{ createRoom, changeRoom },
  ...{ grant, revoke, joinRoom, leaveRoom },
  ...{ post, editMessage, deleteMessage },
  ...{ markRead, importMessages },
  ...{ createInvite, join, revokeInvite },
  ...{ createToken, revokeToken },
  ...{ purge, renewEpoch, indexMessages },
};

export type Commands = typeof commands;
