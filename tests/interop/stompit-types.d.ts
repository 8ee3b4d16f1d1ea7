/** The part of stompit that its test uses; it brings no types along. */
declare module "stompit" {
  import type { Readable, Writable } from "node:stream";

  interface Options {
    onReceipt?(): void;
  }
  interface Message extends Readable {
    headers: Record<string, string>;
  }
  interface Transaction {
    commit(options?: Options): void;
    abort(options?: Options): void;
  }
  interface Client {
    subscribe(headers: Record<string, string>, listener: (error: Error | null, message: Message) => void): unknown;
    send(headers: Record<string, string | number>, options?: Options): Writable;
    sendFrame(command: string, headers: Record<string, string>, options?: Options): Writable;
    ack(message: Message, headers?: Record<string, string>, options?: Options): void;
    begin(transaction: string): Transaction;
    disconnect(done: (error: Error | null) => void): void;
    destroy(): void;
    on(event: "error", listener: (error: Error) => void): void;
  }
  interface Server {
    host: string;
    port: number;
    connectHeaders: Record<string, string>;
  }
  const stompit: { connect(server: Server, done: (error: Error | null, client: Client) => void): void };

  export type { Client, Message, Transaction };
  export default stompit;
}
