import type { IStompSocket } from "@stomp/stompjs";
import type { MessagePage } from "#lib/chat/message.ts";
import { callApi } from "./api.ts";

/** At most one of them; none is the newest page. */
export type PagePlace = { before?: number; after?: number; around?: number };

/** What wakes a client that may have slept: time passed, the page became visible, the network changed. */
export type LifeSign = "awake" | "online" | "offline";

/** All that the client core takes from around it; tests hand it others. */
export interface Environment {
  /** Milliseconds since 1970. */
  now(): number;
  /** 0 ≤ n < 1. */
  random(): number;
  /** Calls back once after so many milliseconds, unless cancelled. */
  after(milliseconds: number, callback: () => void): () => void;
  openSocket(endpoint: string): IStompSocket;
  /** Throws a Refusal. */
  loadPage(room: string, at: PagePlace): Promise<MessagePage>;
  /** Tells life signs until the returned function is called. */
  watchLife(listener: (sign: LifeSign) => void): () => void;
  isOffline(): boolean;
  /** Whether a worker may tick for the heart-beat: timers of hidden tabs are throttled to one a minute. */
  workerTicks(): Promise<boolean>;
  indexedDB: IDBFactory | undefined;
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length"> | undefined;
  openChannel(name: string): BroadcastChannel | undefined;
}

/** The real thing. Touches nothing before it is used, so that it can be made while rendering on the server. */
export function browserEnvironment(): Environment {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    after: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    openSocket: (endpoint) => new WebSocket(endpoint, ["v12.stomp"]) as IStompSocket,
    loadPage: (room, at) =>
      callApi("GET", `/api/rooms/${room}/messages?${new URLSearchParams(Object.entries(at).map(pair))}`),
    watchLife,
    isOffline: () => typeof navigator !== "undefined" && navigator.onLine === false,
    workerTicks,
    indexedDB: globalThis.indexedDB,
    storage: reachableStorage(),
    openChannel: (name) => (typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(name)),
  };
}

const pair = ([name, value]: [string, number]): [string, string] => [name, String(value)];

// Reading localStorage throws where the browser blocks it.
function reachableStorage(): Storage | undefined {
  try {
    return typeof window === "undefined" ? undefined : window.localStorage;
  } catch {
    return undefined;
  }
}

const TICK = 5_000;
/** A timer this late means that the machine or the page slept. */
const SLEPT = 20_000;

function watchLife(listener: (sign: LifeSign) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - last > SLEPT && document.visibilityState === "visible") listener("awake");
    last = now;
  }, TICK);
  signal.addEventListener("abort", () => clearInterval(timer));
  window.addEventListener("online", () => listener("online"), { signal });
  window.addEventListener("offline", () => listener("offline"), { signal });
  window.addEventListener("pageshow", (event) => event.persisted && listener("awake"), { signal });
  document.addEventListener("resume", () => listener("awake"), { signal });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && listener("awake"), {
    signal,
  });
  return () => stop.abort();
}

const WORKER_PATIENCE = 150;

// A content security policy without `worker-src blob:` makes a worker fail in silence, and the heart with it: try one first.
async function workerTicks(): Promise<boolean> {
  if (typeof Worker === "undefined") return false;
  const address = URL.createObjectURL(new Blob(["postMessage(1)"], { type: "text/javascript" }));
  const worker = new Worker(address);
  const answered = await new Promise<boolean>((resolve) => {
    worker.onmessage = () => resolve(true);
    worker.onerror = () => resolve(false);
    setTimeout(() => resolve(false), WORKER_PATIENCE);
  });
  worker.terminate();
  URL.revokeObjectURL(address);
  return answered;
}
