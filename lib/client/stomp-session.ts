import { Client, type IFrame, type StompHeaders, TickerStrategy, Versions } from "@stomp/stompjs";
import { REFUSALS } from "#lib/chat/destinations.ts";
import { isRefusalCode, Refusal, type RefusalCode } from "#lib/chat/refusal.ts";
import type { Environment } from "./environment.ts";

/** Why a session ended, as far as the server said. */
export interface SessionEnd {
  code?: RefusalCode;
  /** Seconds. */
  retryAfter?: number;
}

export interface StompSessionOptions {
  endpoint: string;
  environment: Environment;
  workerTicks: boolean;
  onConnected(): void;
  /** Called once, whatever ended it. */
  onEnd(end: SessionEnd): void;
}

export type OnMessage = (body: string, headers: Readonly<StompHeaders>) => void;

const CONNECT_WITHIN = 15_000;
const RECEIPT_WITHIN = 20_000;
const ALIVE_WITHIN = 4_000;
const SIGNED_OUT = 4401;

/**
 * One connection, from CONNECT until it is lost; never reconnects. stompjs speaks the protocol here and its own reconnecting is off, because it retries
 * without jitter and after every ERROR.
 */
export class StompSession {
  private readonly client: Client;
  private readonly environment: Environment;
  private readonly onEnd: (end: SessionEnd) => void;
  private readonly cancelConnectTimer: () => void;
  private readonly waiting = new Map<
    string,
    { resolve(headers: StompHeaders): void; reject(error: Refusal): void; cancel(): void }
  >();
  private receipts = 0;
  private probes = 0;
  private checking = false;
  private ended = false;

  constructor(options: StompSessionOptions) {
    const { endpoint, environment, workerTicks } = options;
    this.environment = environment;
    this.onEnd = options.onEnd;
    this.client = new Client({
      webSocketFactory: () => environment.openSocket(endpoint),
      stompVersions: new Versions([Versions.V1_2]),
      reconnectDelay: 0,
      heartbeatOutgoing: 30_000,
      heartbeatIncoming: 15_000,
      heartbeatToleranceMultiplier: 3,
      heartbeatStrategy: workerTicks ? TickerStrategy.Worker : TickerStrategy.Interval,
      // A half-open socket never finishes its closing handshake.
      discardWebsocketOnCommFailure: true,
      onConnect: () => {
        this.cancelConnectTimer();
        if (!this.ended) options.onConnected();
      },
      onStompError: (frame) => this.error(frame),
      onWebSocketClose: (event: { code?: number }) => this.end(event.code === SIGNED_OUT ? { code: "expired" } : {}),
    });
    this.cancelConnectTimer = environment.after(CONNECT_WITHIN, () => this.end({}));
    this.client.activate();
  }

  /** Resolves with the headers of the RECEIPT. Rejects with a Refusal: the server's, or `busy` with field `connection` when the connection was lost. */
  subscribe(destination: string, headers: StompHeaders, onMessage: OnMessage): Promise<StompHeaders> {
    return this.withReceipt((receipt) =>
      // The subscription's id is its destination, so that the server encodes one frame for everybody in a room.
      this.client.subscribe(destination, (frame) => onMessage(frame.body, frame.headers), {
        ...headers,
        id: destination,
        receipt,
      }),
    );
  }

  unsubscribe(destination: string): void {
    if (this.client.connected) this.client.unsubscribe(destination);
  }

  /** As `subscribe`: the RECEIPT says that it is on the server's disk. */
  send(destination: string, body: object): Promise<StompHeaders> {
    return this.withReceipt((receipt) => this.publish(destination, body, { receipt }));
  }

  /** Without RECEIPT: for what may get lost. */
  publish(destination: string, body: object, headers: StompHeaders = {}): void {
    if (!this.client.connected) return;
    this.client.publish({
      destination,
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  /** A notice named the frame that asked for this receipt: no RECEIPT will follow. */
  refuse(receipt: string, refusal: Refusal): void {
    this.take(receipt)?.reject(refusal);
  }

  /** Ends the session unless the server answers within 4 seconds: a socket looks open for minutes after the machine slept. */
  check(): void {
    if (this.checking || !this.client.connected) return;
    this.checking = true;
    // STOMP has no ping with an answer. A subscription that begins and ends is allowed to everybody and changes nothing.
    const id = `probe-${++this.probes}`;
    const answered = this.withReceipt((receipt) => {
      this.client.subscribe(REFUSALS, () => {}, { id });
      this.client.unsubscribe(id, { receipt });
    }, ALIVE_WITHIN);
    const done = () => {
      this.checking = false;
    };
    answered.then(done, done);
  }

  close(): void {
    this.end({});
  }

  private withReceipt(transmit: (receipt: string) => void, within = RECEIPT_WITHIN): Promise<StompHeaders> {
    if (this.ended || !this.client.connected) return Promise.reject(lost());
    const receipt = `r${++this.receipts}`;
    const answer = new Promise<StompHeaders>((resolve, reject) => {
      const cancel = this.environment.after(within, () => this.end({}));
      this.waiting.set(receipt, { resolve, reject, cancel });
    });
    this.client.watchForReceipt(receipt, (frame) => this.take(receipt)?.resolve(frame.headers));
    transmit(receipt);
    return answer;
  }

  private take(receipt: string) {
    const waiting = this.waiting.get(receipt);
    this.waiting.delete(receipt);
    waiting?.cancel();
    return waiting;
  }

  private error(frame: IFrame): void {
    const refusal = refusalOf(frame.headers);
    const { "receipt-id": receipt } = frame.headers;
    if (receipt !== undefined && refusal) this.refuse(receipt, refusal);
    this.end({ code: refusal?.code, retryAfter: refusal?.retryAfter });
  }

  private end(end: SessionEnd): void {
    if (this.ended) return;
    this.ended = true;
    this.cancelConnectTimer();
    for (const receipt of [...this.waiting.keys()]) this.take(receipt)?.reject(lost());
    void this.client.deactivate({ force: true });
    this.onEnd(end);
  }
}

/** The refusal that headers of an ERROR or of a notice tell of; undefined for a code that is not on the list. */
function refusalOf(headers: Readonly<StompHeaders>): Refusal | undefined {
  const { code } = headers;
  if (code === undefined || !isRefusalCode(code)) return undefined;
  const retryAfter = Number(headers["retry-after"]);
  return new Refusal(code, retryAfter > 0 ? { retryAfter } : {});
}

function lost(): Refusal {
  return new Refusal("busy", { field: "connection" });
}
