import webstomp, { type Message } from "webstomp-client";
import { WebSocket } from "ws";
import { Arrivals } from "../arrivals.ts";
import type { Client } from "../client.ts";

export const webstompClient: Client = {
  name: "webstomp-client",
  carrier: "websocket",
  // It takes a stream of frames apart at every NUL.
  lacks: ["NUL in what it receives"],
  async connect({ url, login, passcode, heartBeat }) {
    const arrivals = new Arrivals<Message>();
    let last: Message;
    const socket = new WebSocket(url, ["v12.stomp"]);
    const gone = new Promise((resolve) => socket.once("close", resolve));
    const heartbeat = { outgoing: heartBeat, incoming: heartBeat };
    const client = webstomp.over(socket, { debug: false, protocols: ["v12.stomp"], heartbeat });
    await new Promise<unknown>((resolve, reject) => client.connect(login, passcode, resolve, reject));
    client.onreceipt = ({ headers }) => arrivals.receipt(headers["receipt-id"] ?? "");
    return {
      async subscribe(id, destination, ack) {
        const receipt = arrivals.newReceipt();
        client.subscribe(destination, arrivals.message, { id, ack, receipt });
        await arrivals.answered(receipt);
      },
      async send(destination, body, transaction) {
        const receipt = arrivals.newReceipt();
        client.send(destination, body.toString(), { receipt, ...(transaction && { transaction }) });
        await arrivals.answered(receipt);
      },
      async receive() {
        last = await arrivals.next();
        return Buffer.from(last.body);
      },
      async ack(transaction) {
        const receipt = arrivals.newReceipt();
        last.ack({ receipt, ...(transaction && { transaction }) });
        await arrivals.answered(receipt);
      },
      begin: async (transaction) => client.begin(transaction),
      commit: async (transaction) => client.commit(transaction),
      abort: async (transaction) => client.abort(transaction),
      async disconnect() {
        client.disconnect();
        await gone;
      },
      end: () => socket.terminate(),
    };
  },
};
