import type { Socket } from "node:net";

/** What both transports know from their socket. */
export abstract class SocketTransport {
  protected readonly socket: Socket;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
  }

  get bytesRead(): number {
    return this.socket.bytesRead;
  }

  get bytesTaken(): number {
    return this.socket.bytesWritten - this.socket.writableLength;
  }

  get waiting(): number {
    return this.socket.writableLength;
  }

  get hasRoom(): boolean {
    return this.socket.writableLength < this.socket.writableHighWaterMark;
  }
}
