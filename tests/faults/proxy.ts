import { connect, createServer, type Socket } from "node:net";
import { freePort } from "#tests/support/free-port.ts";

/** A TCP proxy on a port of its own: a network that can be cut. */
export interface Proxy {
  readonly port: number;
  /** From now on nothing goes through and nobody is told, as behind a cable that was pulled: connections stay open, new ones are taken and lead nowhere. */
  cut(): void;
  /** What waited goes on its way, as after the retransmissions of TCP. */
  mend(): void;
  close(): Promise<void>;
}

export async function startProxy(target: number): Promise<Proxy> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let isCut = false;
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from);
    if (isCut) from.pause();
    from.on("data", (data) => {
      if (to.write(data)) return;
      from.pause();
      to.once("drain", () => !isCut && from.resume());
    });
    // Not even an end gets through a cut cable.
    const end = () => (isCut ? waiting.add(end) : to.destroy());
    from.on("error", () => {});
    from.on("close", () => {
      sockets.delete(from);
      end();
    });
  };
  const waiting = new Set<() => void>();
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    pass(near, far);
    pass(far, near);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    port,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    mend() {
      isCut = false;
      for (const socket of sockets) socket.resume();
      for (const end of waiting) end();
      waiting.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
