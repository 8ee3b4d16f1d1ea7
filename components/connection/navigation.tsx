"use client";

import { usePathname, useRouter } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef } from "react";
import { parseRoomPath, type RoomPath, roomPath } from "./room-path.ts";

interface Navigation {
  /** Shows a room; at once, where a RoomSwitch is on the screen. */
  openRoom(room: string): void;
  /** The list of rooms: what phones show behind a room. */
  openList(): void;
  /** A RoomSwitch is on the screen until the returned function is called. */
  register(): () => void;
}

const NavigationContext = createContext<Navigation | null>(null);

/**
 * Rooms change without the server: the address is pushed, and RoomSwitch draws the room from what the client holds.
 * A navigation of Next would fetch the page first, and the room would wait for it.
 */
export function NavigationProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const switches = useRef(0);
  const go = useCallback(
    (path: string) => {
      if (window.location.pathname === path) return;
      if (switches.current > 0) window.history.pushState(null, "", path);
      else router.push(path);
    },
    [router],
  );
  const navigation = useMemo<Navigation>(
    () => ({
      openRoom: (room) => go(roomPath(room)),
      openList: () => go("/rooms"),
      register: () => {
        switches.current += 1;
        return () => {
          switches.current -= 1;
        };
      },
    }),
    [go],
  );
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (!navigation) throw new Error("useNavigation needs a NavigationProvider above it.");
  return navigation;
}

/** Says, while mounted, that addresses of rooms are drawn here without the server. */
export function useShallowRooms(): void {
  const { register } = useNavigation();
  useEffect(register, [register]);
}

/** The room (and message) of the present address. */
export function useRoomPath(): RoomPath | undefined {
  const path = usePathname();
  return useMemo(() => parseRoomPath(path), [path]);
}
