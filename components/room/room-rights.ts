"use client";

import { createContext } from "react";
import type { Room } from "#lib/chat/room.ts";

/** What one may do in the room around: apart from the rows, which are not to be drawn again whenever anything of the room changes. */
export const RoomRights = createContext<Pick<Room, "mayPost" | "mayManage">>({ mayPost: false, mayManage: false });
