import { type IMessage, Client as StompClient } from "@stomp/stompjs";
import { Arrivals } from "../arrivals.ts";
import type { Client } from "../client.ts";

export const stompjs: Client = {
  name: "@stomp/stompjs",
  carrier: "websocket",
  async connect({ url, login, passcode, heartBeat }) {
    const arrivals = new Arrivals<IMessage>();
    let last: IMessage;
    const client = new StompClient({
      brokerURL: url,
      connectHeaders: { login, passcode },
      reconnectDelay: 0,
      heartbeatIncoming: heartBeat,
      heartbeatOutgoing: heartBeat,
    });
    await new Promise<void>((resolve, reject) => {
      client.onConnect = () => resolve();
      client.onStompError = ({ headers }) => reject(new Error(headers.message));
      client.activate();
    });
    const asked = () => {
      const receipt = arrivals.newReceipt();
      client.watchForReceipt(receipt, () => arrivals.receipt(receipt));
      return receipt;
    };
    return {
      async subscribe(id, destination, ack) {
        const receipt = asked();
        client.subscribe(destination, arrivals.message, { id, ack, receipt });
        await arrivals.answered(receipt);
      },
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
      begin: async (transaction) => void client.begin(transaction),
      commit: async (transaction) => client.commit(transaction),
      abort: async (transaction) => client.abort(transaction),
      disconnect: () => client.deactivate(),
      end: () => void client.deactivate({ force: true }),
    };
  },
};
