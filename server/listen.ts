import { once } from "node:events";
import type { Server } from "node:http";
import { Complaint } from "./complaint.ts";

/** Resolves when the server listens; complains in one sentence when it cannot. */
export async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen({ host, port });
    await once(server, "listening");
  } catch (cause) {
    throw new Complaint(sentence((cause as NodeJS.ErrnoException).code, host, port) ?? (cause as Error).message, {
      cause,
    });
  }
}

function sentence(code: string | undefined, host: string, port: number): string | undefined {
  if (code === "EADDRINUSE")
    return `Port ${port} is taken: stop what uses it, or choose another with PORT=${port + 1}.`;
  if (code === "EACCES") return `Port ${port} may not be opened by this user: choose one above 1023 with PORT.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return `HOST is ${JSON.stringify(host)}; it must be an address of this machine, such as 127.0.0.1 or 0.0.0.0.`;
  }
  return undefined;
}

/** No new connections; resolves when the last answer is out, or after `timeout` ms without. */
export async function closeServer(server: Server, timeout: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const late = setTimeout(() => {
      server.closeAllConnections();
      // Those that were upgraded are not among them, and the server would wait for their ends.
      resolve();
    }, timeout);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}
