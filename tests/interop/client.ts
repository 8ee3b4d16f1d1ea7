/** How a client gets to a server. Over WebSocket `url` counts, over TCP host and port. */
export interface Address {
  url: string;
  host: string;
  port: number;
  login: string;
  passcode: string;
  /** Milliseconds in both directions, 0 for none. */
  heartBeat: number;
}

/** Acknowledgement modes of which all clients know the first two. */
export type AckMode = "auto" | "client" | "client-individual";

/** One connection, made with the means of one of the libraries. Everything that can ask for a RECEIPT resolves with it. */
export interface Connected {
  /** Bodies are handed to `receive` in the order of their coming, whatever the subscription. */
  subscribe(id: string, destination: string, ack: AckMode): Promise<void>;
  send(destination: string, body: Buffer, transaction?: string): Promise<void>;
  receive(): Promise<Buffer>;
  /** Acknowledges what was received last. */
  ack(transaction?: string): Promise<void>;
  begin(transaction: string): Promise<void>;
  commit(transaction: string): Promise<void>;
  abort(transaction: string): Promise<void>;
  /** As the library takes its leave; resolves when it has. */
  disconnect(): Promise<void>;
  /** Cuts off whatever is left; for the end of a test. */
  end(): void;
}

/** A STOMP library as its users meet it. */
export interface Client {
  name: string;
  carrier: "websocket" | "tcp";
  /** What its API cannot do, and so is not asked of it. */
  lacks?: readonly ("heart-beat" | "NUL in what it receives")[];
  connect(address: Address): Promise<Connected>;
}
