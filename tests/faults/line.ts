import { WebSocket } from "ws";
import { readFrame, type WireFrame } from "#tests/support/wire.ts";

/** How a connection went. */
export interface Ending {
  /** The WebSocket's close code; 1006 when nobody said goodbye. */
  code: number;
  /** Seconds that the server asked to wait. */
  retryAfter?: number;
  error?: string;
  wasConnected: boolean;
}

interface Listener {
  /** Milliseconds between heart-beats; 0 is none. */
  heartBeat: number;
  heard(frame: WireFrame): void;
  ended(ending: Ending): void;
}

/** One connection: CONNECT goes out at once, and whatever ends it is told once. */
export class Line {
  readonly #socket: WebSocket;
  readonly #listener: Listener;
  #ending: Ending = { code: 1006, wasConnected: false };
  #heardAt = performance.now();
  #beats: NodeJS.Timeout | undefined;

  constructor(
    node: { endpoint: string; origin: string },
    who: { cookie?: string; token?: string },
    listener: Listener,
  ) {
    const headers = who.token ? { authorization: `Bearer ${who.token}` } : { cookie: who.cookie, origin: node.origin };
    this.#listener = listener;
    this.#socket = new WebSocket(node.endpoint, ["v12.stomp"], { headers, handshakeTimeout: 5_000 });
    this.#socket.on("open", () => this.#open());
    this.#socket.on("message", (data) => this.#receive(String(data)));
    this.#socket.on("unexpected-response", (request, response) => {
      this.#ending.retryAfter = Number(response.headers["retry-after"] ?? 0);
      request.destroy();
      listener.ended(this.#ending);
    });
    // Its close follows.
    this.#socket.on("error", () => {});
    this.#socket.on("close", (code) => {
      clearInterval(this.#beats);
      listener.ended({ ...this.#ending, code });
    });
  }

  send(command: string, headers: Record<string, string>, body = ""): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
    this.#socket.send(`${command}\n${lines.join("")}\n${body}\0`);
  }

  sleep(): void {
    this.#socket.pause();
  }

  wake(): void {
    this.#socket.resume();
  }

  cut(): void {
    this.#socket.terminate();
  }

  #open(): void {
    const { heartBeat } = this.#listener;
    this.send("CONNECT", { "accept-version": "1.2", host: "localhost", "heart-beat": `${heartBeat},${heartBeat}` });
    if (heartBeat > 0) this.#beats = setInterval(() => this.#beat(heartBeat), heartBeat).unref();
  }

  #beat(heartBeat: number): void {
    if (performance.now() - this.#heardAt > 3 * heartBeat) this.cut();
    else if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send("\n");
  }

  #receive(text: string): void {
    this.#heardAt = performance.now();
    // A lone line break is a heart-beat.
    for (const piece of text.split("\0")) if (piece.trim() !== "") this.#hear(readFrame(piece.trimStart()));
  }

  #hear(frame: WireFrame): void {
    if (frame.command === "CONNECTED") this.#ending.wasConnected = true;
    if (frame.command === "ERROR") {
      this.#ending.error = frame.headers.code;
      this.#ending.retryAfter = Number(frame.headers["retry-after"] ?? 0);
    }
    this.#listener.heard(frame);
  }
}
