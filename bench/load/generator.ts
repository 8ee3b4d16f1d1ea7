import { fork } from "node:child_process";
import { once } from "node:events";
import type { Answer, Open, Opened, Order, Publish, Published } from "./orders.ts";

/** The load generator as the bench sees it. */
export interface Generator {
  readonly pid: number;
  open(order: Omit<Open, "do">): Promise<Opened>;
  publish(order: Omit<Publish, "do">): Promise<Published>;
  close(): Promise<void>;
}

export function startGenerator(): Generator {
  const child = fork(new URL("./process.ts", import.meta.url), { execArgv: [] });
  const ended = once(child, "exit");

  async function ask(order: Order): Promise<Answer> {
    child.send(order);
    const [answer] = (await Promise.race([once(child, "message"), ended.then(broken)])) as [Answer];
    if ("error" in answer) throw new Error(answer.error);
    return answer;
  }

  return {
    pid: child.pid as number,
    async open(order) {
      return ((await ask({ do: "open", ...order })) as { opened: Opened }).opened;
    },
    async publish(order) {
      return ((await ask({ do: "publish", ...order })) as { published: Published }).published;
    },
    async close() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function broken(): never {
  throw new Error("The load generator ended by itself.");
}
