import type { IMessage, Client as StompClient } from "@stomp/stompjs";
import type { Arrivals } from "../arrivals.ts";
import type { Connected } from "../client.ts";

/** What is said in the same words through stompjs and through rx-stomp, which wraps it. `asked` registers a receipt and names it. */
export function framesOf(
  client: Pick<StompClient, "publish">,
  stompjs: Pick<StompClient, "begin" | "commit" | "abort">,
  arrivals: Arrivals<IMessage>,
  asked: () => string,
): Pick<Connected, "send" | "receive" | "ack" | "begin" | "commit" | "abort"> {
  let last: IMessage;
  return {
    async send(destination, body, transaction) {
      const receipt = asked();
      const headers = { receipt, ...(transaction && { transaction }) };
      client.publish({ destination, binaryBody: new Uint8Array(body), headers });
      await arrivals.answered(receipt);
    },
    async receive() {
      last = await arrivals.next();
      return Buffer.from(last.binaryBody);
    },
    async ack(transaction) {
      const receipt = asked();
      last.ack({ receipt, ...(transaction && { transaction }) });
      await arrivals.answered(receipt);
    },
    begin: async (transaction) => void stompjs.begin(transaction),
    commit: async (transaction) => stompjs.commit(transaction),
    abort: async (transaction) => stompjs.abort(transaction),
  };
}
