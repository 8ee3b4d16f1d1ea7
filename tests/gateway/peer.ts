import { type ClientOptions, WebSocket } from "ws";
import { until } from "#tests/support/until.ts";

/** A frame as the test sees it: taken apart by hand, so that our own parser is not its own judge. */
export interface Seen {
  command: string;
  headers: Record<string, string>;
  body: string;
}

/** A STOMP client that writes its frames by hand and remembers everything that came. */
export class Peer {
  readonly seen: Seen[] = [];
  readonly raw: { data: Buffer; isBinary: boolean }[] = [];
  closed: { code: number } | undefined;
  readonly ws: WebSocket;
  #taken = 0;
  #onClose: (code: number) => void = () => {};

  constructor(ws: WebSocket) {
    this.ws = ws;
    ws.on("message", (data: Buffer, isBinary) => {
      this.raw.push({ data, isBinary });
      if (data.toString() !== "\n") this.seen.push(takeApart(data.toString()));
    });
    ws.on("close", (code) => {
      this.closed = { code };
      this.#onClose(code);
    });
  }

  /** `peer.send("SEND\ndestination:/topic/a\n\nhello")`: the NUL is added. */
  send(...frames: string[]): void {
    this.ws.send(frames.map((frame) => `${frame}\0`).join(""));
  }

  /** The next frame that was not taken yet. */
  async next(): Promise<Seen> {
    const frame = await until("a frame", () => this.seen[this.#taken]);
    this.#taken += 1;
    return frame;
  }

  /** Takes frames up to the first with this command. */
  async find(command: string): Promise<Seen> {
    for (;;) {
      const frame = await this.next();
      if (frame.command === command) return frame;
    }
  }

  /** Sends one more frame and waits for its answer, so that everything before it has been answered. */
  async sync(): Promise<void> {
    const receipt = `sync-${this.seen.length}-${Math.random()}`;
    this.send(`SUBSCRIBE\nid:${receipt}\ndestination:/topic/sync\nreceipt:${receipt}\n\n`);
    await until("the answer to a later frame", () =>
      this.seen.some(({ headers }) => headers["receipt-id"] === receipt),
    );
    this.send(`UNSUBSCRIBE\nid:${receipt}\n\n`);
  }

  /** A WebSocket ping and its pong: what was sent has arrived, and what was answered at once is here. */
  async pong(): Promise<void> {
    if (this.closed) throw new Error(`The connection was closed with ${this.closed.code}.`);
    await new Promise((resolve, reject) => {
      this.ws.once("pong", resolve);
      this.#onClose = (code) => reject(new Error(`The connection was closed with ${code}.`));
      this.ws.ping();
    });
  }

  async end(): Promise<number> {
    return (await until("the end of the connection", () => this.closed)).code;
  }

  messages(): Seen[] {
    return this.seen.filter(({ command }) => command === "MESSAGE");
  }
}

/** Opens a WebSocket and says nothing. */
export async function open(url: string, options: ClientOptions & { protocols?: string[] } = {}): Promise<Peer> {
  const { protocols = ["v12.stomp"], ...rest } = options;
  const ws = new WebSocket(url, protocols, rest);
  const peer = new Peer(ws);
  await new Promise<void>((resolve, reject) => {
    ws.once("open", () => resolve());
    ws.once("error", reject);
  });
  return peer;
}

/** The status of an upgrade that was refused, with its body. */
export function refused(url: string, options: ClientOptions = {}): Promise<{ status: number; body: { code: string } }> {
  const ws = new WebSocket(url, ["v12.stomp"], options);
  return new Promise((resolve, reject) => {
    ws.once("open", () => reject(new Error("the upgrade was accepted")));
    ws.once("unexpected-response", (_, response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
    });
  });
}

/** A client that has CONNECTED as this user. */
export async function connect(url: string, user: string, headers = "accept-version:1.2\n"): Promise<Peer> {
  const peer = await open(url);
  peer.send(`CONNECT\n${headers}passcode:${user}-secret\n\n`);
  const answer = await peer.next();
  if (answer.command !== "CONNECTED") throw new Error(`${answer.command} ${JSON.stringify(answer.headers)}`);
  return peer;
}

/** Subscribes and waits for the RECEIPT. */
export async function subscribe(peer: Peer, destination: string, headers = ""): Promise<Seen> {
  const receipt = `r${destination}${Math.random()}`;
  peer.send(`SUBSCRIBE\nid:${destination}\ndestination:${destination}\nreceipt:${receipt}\n${headers}\n`);
  return until(`the RECEIPT of ${destination}`, () =>
    peer.seen.find((frame) => frame.headers["receipt-id"] === receipt),
  );
}

function takeApart(text: string): Seen {
  const end = text.indexOf("\n\n");
  const [command = "", ...lines] = text.slice(0, end).split("\n");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon)] ??= line.slice(colon + 1).replaceAll("\\c", ":");
  }
  return { command, headers, body: text.slice(end + 2, -1) };
}
