export type Fault = "malformed" | "too-long" | "unsupported";

/** A peer broke the protocol: it gets ERROR and the connection closes. The message is safe to show, it quotes nothing of the input. */
export class ProtocolError extends Error {
  readonly fault: Fault;
  /** Further headers of the ERROR frame: the versions spoken here, the receipt-id of the frame at fault. */
  readonly headers: Record<string, string>;

  constructor(fault: Fault, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = "ProtocolError";
    this.fault = fault;
    this.headers = headers;
  }
}
