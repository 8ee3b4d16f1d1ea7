import type { Random } from "./random.ts";

const CONNECTS = [
  "CONNECT\naccept-version:1.2\nhost:h\n\n",
  "CONNECT\naccept-version:1.1\nhost:h\nheart-beat:0,0\n\n",
  "CONNECT\nlogin:mina\npasscode:secret\n\n",
  "CONNECT\r\naccept-version:1.0,1.1,1.2\r\nhost:h\r\nheart-beat:10000,10000\r\n\r\n",
  "STOMP\naccept-version:1.2\nhost:h\nreceipt:none-for-connect\n\n",
];
const BAD_CONNECTS = [
  "CONNECT\naccept-version:2.0\n\n",
  "CONNECT\naccept-version:1.1\nheart-beat:100,10,50\n\n",
  "CONNECT\naccept-version:1.2\n\na body",
  "SUBSCRIBE\nid:0\ndestination:/topic/a\n\n",
];
/** What stands is how many subscriptions and transactions there were: the next ones get numbers of their own, earlier ones are named again. */
interface Course {
  random: Random;
  subscriptions: number;
  transactions: number;
}

/** `@` stands for what tells one input from the others, `%` for a receipt header or none. */
const WELL: readonly ((course: Course) => string)[] = [
  () => "SEND\ndestination:/topic/@\n%\nhello",
  () => "SEND\ndestination:/topic/@\n%own\\chead\\ner:\\\\n\n\n안녕하세요 🌙",
  () => "SEND\ndestination:/queue/@\n%content-length:5\n\na\0b\0c",
  () => "SEND\ndestination:/queue/@\n%content-length:0\n\n",
  () => "SEND\ndestination:/topic/@\ndestination:/topic/other\n%\nfirst wins",
  subscribe("/topic/@\n"),
  subscribe("/topic/@\nack:client\n"),
  subscribe("/queue/@\nack:client\nprefetch-count:2\n"),
  subscribe("/queue/@\n"),
  (course) => `BEGIN\ntransaction:t${course.transactions++}\n%\n`,
  ({ random, transactions }) =>
    `SEND\ndestination:/topic/@\ntransaction:t${random.below(transactions)}\n%\nin a transaction`,
];
/** `#` stands for a number that may fit. */
const ODDLY = [
  "SEND\r\ndestination:/topic/@\r\n\r\nwith CRLF",
  "SEND\ndestination:/elsewhere/@\n%\nnowhere",
  "SEND\n%\nno destination",
  "SUBSCRIBE\ndestination:/topic/@\n%\n",
  "SUBSCRIBE\nid:0\ndestination:/queue/@\nack:client-individual\n%\n",
  "UNSUBSCRIBE\nid:#\n%\n",
  "ACK\nid:#.#\n%\n",
  "NACK\nid:#.#\nmessage-id:#\nsubscription:#\n%\n",
  "ACK\nmessage-id:#\nsubscription:#\ntransaction:t#\n%\n",
  "COMMIT\ntransaction:t#\n%\n",
  "ABORT\ntransaction:t#\n%\n",
  "DISCONNECT\n%\n",
  "CONNECT\naccept-version:1.2\n\n",
  "MESSAGE\ndestination:/topic/@\n%\nfrom a client",
  "send\ndestination:/topic/@\n%\n",
  "SEND\ndestination:/topic/@\nbad\\tescape:1\n%\n",
  "SEND\ndestination:/topic/@\n:no name\n%\n",
  "SEND\ndestination:/topic/@\nbare\rreturn:1\n%\n",
  "SEND\ndestination:/topic/@\ncontent-length:99999999999\n%\nshort",
  "SEND\ndestination:/topic/@\ncontent-length:-1\n%\nless than nothing",
  "SEND\ndestination:/topic/@\ncontent-length:3\n%\nlonger than said",
  `SEND\ndestination:/topic/@\n${"h:1\n".repeat(13)}%\ntoo many headers`,
  `SEND\ndestination:/topic/@\nlong:${"x".repeat(300)}\n%\n`,
  `SEND\ndestination:/topic/@\n%\n${"body ".repeat(900)}`,
];
/** Between frames. */
const GAPS = ["", "", "", "", "\n", "\r\n", "\0", "\n\n\n"];

/** A conversation of one client, mostly well said. `tag` occurs in its receipts and destinations. */
export function compose(random: Random, tag: string): Buffer {
  let text = random.one(20) ? random.pick(BAD_CONNECTS) : random.pick(CONNECTS);
  const course = { random, subscriptions: 0, transactions: 0 };
  for (let count = random.below(8); count >= 0; count--) {
    text += `\0${random.one(50) ? "\r" : random.pick(GAPS)}`;
    const receipt = () => (random.one(3) ? "" : `receipt:${tag}-${random.below(1000)}\n`);
    const frame = random.one(8) ? random.pick(ODDLY) : random.pick(WELL)(course);
    text += frame
      .replace("%", receipt)
      .replaceAll("@", tag)
      .replaceAll("#", () => String(random.below(4)));
  }
  return Buffer.from(random.one(10) ? text : `${text}\0`);
}

function subscribe(rest: string): (course: Course) => string {
  return (course) => `SUBSCRIBE\nid:${course.subscriptions++}\ndestination:${rest}%\n`;
}
