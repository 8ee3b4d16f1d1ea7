"use client";

import { usePathname, useRouter } from "next/navigation";
import {
  createContext,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { parseRoomPath, type RoomPath, roomPath } from "./room-path.ts";

interface Navigation {
  path: string;
  /** Shows a room; at once, where a RoomSwitch is on the screen. */
  openRoom(room: string): void;
  /** Shows a message in its room; the server says what is around it. */
  openMessage(room: string, seq: number): void;
  /** The same as openRoom, in place of the present address. */
  replaceRoom(room: string): void;
  /** The list of rooms: what phones show behind a room. */
  openList(): void;
  openSettings(): void;
  openSearch(): void;
  /** How many RoomSwitches are on the screen. */
  switches: RefObject<number>;
}

const NavigationContext = createContext<Navigation | null>(null);

/**
 * Rooms change without the server: the address is pushed, and RoomSwitch draws the room from what the client holds.
 * A navigation of Next would fetch the page first, and the room would wait for it.
 */
export function NavigationProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [path, setPath] = usePath();
  const switches = useRef(0);
  const go = useCallback(
    (next: string) => {
      if (window.location.pathname === next) return;
      if (switches.current === 0) return router.push(next);
      setPath(next);
      window.history.pushState(null, "", next);
    },
    [router, setPath],
  );
  const navigation = useMemo<Navigation>(
    () => ({
      path,
      openRoom: (room) => go(roomPath(room)),
      openMessage: (room, seq) => router.push(roomPath(room, seq)),
      replaceRoom: (room) => {
        setPath(roomPath(room));
        window.history.replaceState(null, "", roomPath(room));
      },
      openList: () => go("/rooms"),
      openSettings: () => router.push("/settings"),
      openSearch: () => router.push("/search"),
      switches,
    }),
    [path, go, setPath, router],
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
  const { switches } = useNavigation();
  useEffect(() => {
    switches.current += 1;
    return () => {
      switches.current -= 1;
    };
  }, [switches]);
}

/** The room (and message) of the present address. */
export function useRoomPath(): RoomPath | undefined {
  const { path } = useNavigation();
  return useMemo(() => parseRoomPath(path), [path]);
}

interface Address {
  path: string;
  /** Next's own, as it was last seen. */
  seen: string;
  /** Where one has gone without Next, which comes after and names them once more. */
  ahead: readonly string[];
}

/** The address. Next's own comes in a transition, later; what is set here is drawn at once. */
function usePath() {
  const nextPath = usePathname();
  const [address, setAddress] = useState<Address>({ path: nextPath, seen: nextPath, ahead: [] });
  // While rendering: what Next brings along with its address must never be drawn under the one before.
  if (address.seen !== nextPath) setAddress(arrive(address, nextPath));
  const setPath = useCallback(
    (path: string) => setAddress((before) => ({ ...before, path, ahead: [...before.ahead, path] })),
    [],
  );
  useEffect(() => {
    const follow = () => setPath(window.location.pathname);
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, [setPath]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: Next has gone somewhere; by now the address may be further already
  useEffect(() => setAddress((before) => ({ ...before, path: window.location.pathname })), [nextPath]);
  return [address.path, setPath] as const;
}

function arrive({ path, ahead }: Address, seen: string): Address {
  const known = ahead.indexOf(seen);
  return known < 0 ? { path: seen, seen, ahead: [] } : { path, seen, ahead: ahead.slice(known + 1) };
}
