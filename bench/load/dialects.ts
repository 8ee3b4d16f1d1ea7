import type { Target } from "./orders.ts";

export type Step = "greeted" | "admitted" | "subscribed" | "refused" | "pinged";

/** How a protocol on top of WebSocket is spoken by a client. Servers put one message into one WebSocket frame. */
export interface Dialect {
  subprotocol: string | undefined;
  /** Whether the client speaks first. */
  begins: boolean;
  /** What the words of a server mean; undefined when they mean nothing to a load generator. */
  step(text: string): Step | undefined;
  admit(target: Target, heartBeat: number): string;
  subscribe(destination: string, number: number): string;
  /** `receipt`, when there is one, comes back in the answer. */
  publish(destination: string, body: string, receipt?: string): string;
  pong: string;
  heartBeat: string;
}

const stomp: Dialect = {
  subprotocol: "v12.stomp",
  begins: true,
  step(text) {
    if (text.startsWith("CONNECTED")) return "admitted";
    if (text.startsWith("RECEIPT")) return "subscribed";
    if (text.startsWith("ERROR")) return "refused";
    return undefined;
  },
  admit({ host = "localhost", login, passcode }, heartBeat) {
    const who = passcode === undefined ? "" : `login:${login}\npasscode:${passcode}\n`;
    return `CONNECT\naccept-version:1.2\nhost:${host}\nheart-beat:${heartBeat},${heartBeat}\n${who}\n\0`;
  },
  subscribe: (destination, number) => `SUBSCRIBE\nid:${number}\ndestination:${destination}\nreceipt:${number}\n\n\0`,
  publish: (destination, body, receipt) =>
    `SEND\ndestination:${destination}\ncontent-type:text/plain\n${receipt ? `receipt:${receipt}\n` : ""}\n${body}\0`,
  pong: "\n",
  heartBeat: "\n",
};

/** Engine.IO 4 with Socket.IO 5 on it, WebSocket only: 0 opens, 2 and 3 are ping and pong, 40 is CONNECT, 42 EVENT, 43 ACK. */
const socketIo: Dialect = {
  subprotocol: undefined,
  begins: false,
  step(text) {
    if (text.startsWith("0")) return "greeted";
    if (text === "2") return "pinged";
    if (text.startsWith("40")) return "admitted";
    if (text.startsWith("43")) return "subscribed";
    if (text.startsWith("44")) return "refused";
    return undefined;
  },
  admit: () => "40",
  subscribe: (destination, number) => `42${number}${JSON.stringify(["join", destination])}`,
  publish: (destination, body) => `42${JSON.stringify(["publish", destination, body])}`,
  pong: "3",
  heartBeat: "3",
};

export const dialects: Record<Target["dialect"], Dialect> = { stomp, "socket.io": socketIo };
