import { type IMessage, RxStomp } from "@stomp/rx-stomp";
import { firstValueFrom } from "rxjs";
import { Arrivals } from "../arrivals.ts";
import type { Client } from "../client.ts";
import { framesOf } from "./frames-of-stompjs.ts";

export const rxStomp: Client = {
  name: "@stomp/rx-stomp",
  carrier: "websocket",
  async connect({ url, login, passcode, heartBeat }) {
    const arrivals = new Arrivals<IMessage>();
    const client = new RxStomp();
    client.configure({
      brokerURL: url,
      connectHeaders: { login, passcode },
      reconnectDelay: 0,
      heartbeatIncoming: heartBeat,
      heartbeatOutgoing: heartBeat,
    });
    client.activate();
    await firstValueFrom(client.connected$);
    const asked = () => {
      const receipt = arrivals.newReceipt();
      void client.asyncReceipt(receipt).then(() => arrivals.receipt(receipt));
      return receipt;
    };
    return {
      async subscribe(id, destination, ack) {
        const receipt = asked();
        client.watch({ destination, subHeaders: { id, ack, receipt } }).subscribe(arrivals.message);
        await arrivals.answered(receipt);
      },
      // What rx-stomp does not wrap it leaves to the stompjs client that it holds.
      ...framesOf(client, client.stompClient, arrivals, asked),
      disconnect: () => client.deactivate(),
      end: () => void client.deactivate({ force: true }),
    };
  },
};
