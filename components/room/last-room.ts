const KEY = "sarangbang.last-room";

/** The room one was in last in this browser. */
export function lastRoom(): string | undefined {
  return typeof window === "undefined" ? undefined : (window.localStorage.getItem(KEY) ?? undefined);
}

export function rememberRoom(room: string): void {
  window.localStorage.setItem(KEY, room);
}
