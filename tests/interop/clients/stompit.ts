import { buffer } from "node:stream/consumers";
import stompit, { type Message, type Client as StompitClient, type Transaction } from "stompit";
import { Arrivals } from "../arrivals.ts";
import type { Client } from "../client.ts";

export const stompitClient: Client = {
  name: "stompit",
  carrier: "tcp",
  async connect({ host, port, login, passcode, heartBeat }) {
    const arrivals = new Arrivals<{ message: Message; body: Buffer }>();
    const transactions = new Map<string, Transaction>();
    let last: Message;
    const client = await new Promise<StompitClient>((resolve, reject) => {
      const connectHeaders = { host, login, passcode, "heart-beat": `${heartBeat},${heartBeat}` };
      stompit.connect({ host, port, connectHeaders }, (error, connected) =>
        error ? reject(error) : resolve(connected),
      );
    });
    client.on("error", () => {});
    const receipt = (act: (options: { onReceipt(): void }) => unknown) =>
      new Promise<void>((resolve) => void act({ onReceipt: resolve }));
    return {
      async subscribe(id, destination, ack) {
        client.subscribe({ id, destination, ack }, (error, message) => {
          if (!error) void buffer(message).then((body) => arrivals.message({ message, body }));
        });
        // Its subscribe takes no receipt: a later frame that was answered tells that this one was.
        await receipt((options) => client.send({ destination: "/topic/settled" }, options).end());
      },
      send: (destination, body, transaction) =>
        receipt((options) => {
          const headers = { destination, "content-length": body.length, ...(transaction && { transaction }) };
          client.send(headers, options).end(body);
        }),
      async receive() {
        const { message, body } = await arrivals.next();
        last = message;
        return body;
      },
      ack: (transaction) => receipt((options) => client.ack(last, transaction ? { transaction } : {}, options)),
      begin: async (transaction) => void transactions.set(transaction, client.begin(transaction)),
      commit: (transaction) => receipt((options) => transactions.get(transaction)?.commit(options)),
      abort: (transaction) => receipt((options) => transactions.get(transaction)?.abort(options)),
      disconnect: () => new Promise((resolve) => client.disconnect(() => resolve())),
      end: () => client.destroy(),
    };
  },
};
