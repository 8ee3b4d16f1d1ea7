import { type IMessage, Client as StompClient } from "@stomp/stompjs";
import { Arrivals } from "../arrivals.ts";
import type { Client } from "../client.ts";
import { framesOf } from "./frames-of-stompjs.ts";

export const stompjs: Client = {
  name: "@stomp/stompjs",
  carrier: "websocket",
  async connect({ url, login, passcode, heartBeat }) {
    const arrivals = new Arrivals<IMessage>();
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
      ...framesOf(client, client, arrivals, asked),
      disconnect: () => client.deactivate(),
      end: () => void client.deactivate({ force: true }),
    };
  },
};
