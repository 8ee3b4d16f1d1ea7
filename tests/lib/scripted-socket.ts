import type { IStompSocket } from "@stomp/stompjs";

export interface SentFrame {
  command: string;
  headers: Record<string, string>;
  body: string;
}

/** A WebSocket whose other side is the test: it sees the frames and says what comes back. */
export class ScriptedSocket implements IStompSocket {
  readonly url = "ws://test/stomp";
  readonly frames: SentFrame[] = [];
  binaryType?: BinaryType;
  readyState = 0;
  onclose: IStompSocket["onclose"] = null;
  onerror: IStompSocket["onerror"] = null;
  onmessage: IStompSocket["onmessage"] = null;
  onopen: IStompSocket["onopen"] = null;

  send(data: string | ArrayBuffer): void {
    const text = typeof data === "string" ? data : new TextDecoder().decode(data);
    if (text === "\n") return;
    const [head = "", body = ""] = text.replace(/\0$/, "").split("\n\n", 2);
    const [command = "", ...lines] = head.split("\n");
    const headers = Object.fromEntries(lines.map((line) => splitOnce(line)));
    this.frames.push({ command, headers, body });
  }

  close(): void {
    this.drop(1000);
  }

  terminate(): void {
    this.drop(1006);
  }

  /** The handshake is done and CONNECT is answered. */
  connect(): void {
    this.readyState = 1;
    this.onopen?.({});
    this.receive("CONNECTED", { version: "1.2", "heart-beat": "0,0" });
  }

  receive(command: string, headers: Record<string, string>, body = ""): void {
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value.replaceAll(":", "\\c")}`);
    this.onmessage?.({ data: `${command}\n${lines.join("\n")}\n\n${body}\0` });
  }

  /** A MESSAGE of a subscription, whose id is its destination. */
  tell(destination: string, body: object, headers: Record<string, string> = {}): void {
    const own = { subscription: destination, destination, "message-id": "m" };
    this.receive("MESSAGE", { ...own, ...headers }, JSON.stringify(body));
  }

  /** RECEIPT for the last frame of this kind that asked for one. */
  receipt(command: string, destination: string, headers: Record<string, string> = {}): void {
    const frame = this.last(command, destination);
    this.receive("RECEIPT", { "receipt-id": frame.headers.receipt ?? "", ...headers });
  }

  last(command: string, destination: string): SentFrame {
    const isIt = (frame: SentFrame) =>
      frame.command === command && (frame.headers.destination ?? frame.headers.id) === destination;
    const found = this.frames.findLast(isIt);
    if (!found) throw new Error(`No ${command} ${destination} among ${this.said().join(", ")}`);
    return found;
  }

  said(): string[] {
    return this.frames.map(({ command, headers }) => `${command} ${headers.destination ?? headers.id ?? ""}`.trim());
  }

  drop(code = 1006): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

function splitOnce(line: string): [string, string] {
  const at = line.indexOf(":");
  const plain = line
    .slice(at + 1)
    .replaceAll("\\c", ":")
    .replaceAll("\\n", "\n")
    .replaceAll("\\\\", "\\");
  return [line.slice(0, at), plain];
}
