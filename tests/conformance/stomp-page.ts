import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RULES, type Rule } from "./rules.ts";

const PAGE = "docs/stomp.md";
const FOLDER = "tests/conformance";

/** docs/stomp.md as it should be, from the table of the rules and the tests that there are for them. */
export function stompPage(): string {
  const tests = testsOfRules();
  const sections = Map.groupBy(Object.entries<Rule>(RULES), ([, { section }]) => section);
  const tables = [...sections].map(([section, rules]) => {
    const rows = rules.map(([id, { binding, claim }]) => {
      const files = tests.get(id) ?? [];
      const links = files.map((file) => `[${file}](../${FOLDER}/${file})`).join(", ");
      return `| ${id} | ${claim} | ${binding} | ${links} | ${files.length > 0 ? "✓" : "no"} |`;
    });
    return [`### ${section}`, "", "| | rule | from | test | holds |", "| --- | --- | --- | --- | --- |", ...rows].join(
      "\n",
    );
  });
  return `${PROSE}\n${tables.join("\n\n")}\n`;
}

/** The files with a test of each rule. */
export function testsOfRules(): Map<string, string[]> {
  const tests = new Map<string, string[]>();
  for (const file of readdirSync(FOLDER).sort()) {
    if (!file.endsWith(".test.ts")) continue;
    const text = readFileSync(join(FOLDER, file), "utf8");
    const ids = [...text.matchAll(/^\s*rule\(\s*"(C\d+)"/gm)].map(([, id = ""]) => id);
    for (const id of new Set(ids)) tests.set(id, [...(tests.get(id) ?? []), file]);
  }
  return tests;
}

const PROSE = `# STOMP

<!-- Made by \`npm run docs:stomp\` from tests/conformance; a test compares. -->

Sarangbang speaks STOMP 1.0, 1.1 and 1.2 with an engine of its own, in two places: the chat's endpoint, \`/stomp\` on WebSocket, and the bare broker, \`sarangbang broker\`, on WebSocket and TCP. Both parse, negotiate, answer and close alike; what may be
asked of them differs. A test sends raw bytes to the bare broker for each of the rules below.

## What the chat's endpoint refuses

Each message of a room is a transaction of the database already: its RECEIPT comes after the commit, and whoever was away asks for what they missed (\`from\` on SUBSCRIBE). Acknowledgements and transactions of STOMP could not promise more, so whoever asks for them is told
\`unsupported\`, and not left to believe they have them:

- \`ack\` other than \`auto\` on SUBSCRIBE, and ACK and NACK;
- BEGIN, COMMIT, ABORT, and a \`transaction\` header on SEND;
- \`selector\`, and whatever else neither endpoint keeps (see below).

A destination that is not a room's or one's own is \`not-found\`, for SUBSCRIBE and SEND alike: in the same words as a room that one may not know of. What there is: [protocol.md](protocol.md).

A refusal is ERROR and the end of the connection, as the specification has it. ERROR has a \`code\`, and a \`field\` where one header or limit is to blame. Whoever subscribes to \`/user/queue/refusals\` is told of a refused SEND or SUBSCRIBE there instead, and stays connected.

## What the bare broker chooses

Where the specification leaves it to the server:

- A destination begins with \`/topic/\` or \`/queue/\`. A topic's message goes to everyone who is subscribed at that moment. A queue's goes to one of its consumers, in turn, and waits while there is none; it is kept in memory only.
- What SUBSCRIBE can ask of other brokers and does not get here is refused with \`unsupported\`, and \`field\` names it: \`selector\`; \`no-local:true\`, \`exclusive:true\` and ActiveMQ's \`activemq.noLocal\`, \`activemq.exclusive\`; durable subscriptions to a topic (\`durable:true\`, \`persistent:true\`,
  \`activemq.subscriptionName\`, \`durable-subscription-name\`). So are destinations with a wildcard (\`*\`, \`#\` or \`>\` as a whole segment between \`.\` or \`/\`) and several in one (\`/queue/a,/queue/b\`), for SEND as well. Other headers of SUBSCRIBE mean nothing.
- NACK puts a queue's message back, for any of its consumers; with \`requeue:false\` it is dropped. A topic's message is dropped either way.
- Messages that were not acknowledged when their consumer unsubscribes or its connection is lost come back to their old place in the queue. What comes again says \`redelivered:true\`. A message that was refused with NACK a hundred times, or was as often the first that a lost consumer had not acknowledged, goes from \`/queue/x\` to \`/queue/DLQ.x\`, because it would go round for ever; \`original-destination\` says where it comes from.
- \`prefetch-count\` on SUBSCRIBE (or \`activemq.prefetchSize\`) says how many messages of a queue a consumer may leave unacknowledged; 0 sets no bound. With \`ack:auto\`, and of a topic, it means nothing.
- An ACK or NACK after one's own UNSUBSCRIBE names messages that are others' by then. In 1.2 it is accepted and means nothing, but a transaction that holds it fails at COMMIT, all of it; in 1.0 and 1.1, where it names a subscription that there is not, it is an ERROR.
- ACK and NACK in a transaction count at COMMIT; ABORT leaves their messages unacknowledged, with the same consumer.
- A header of SEND travels along to the subscribers, unless it is the broker's to say: \`message-id\`, \`subscription\`, \`ack\`, \`receipt\`, \`redelivered\`, \`transaction\`. \`expires\`, \`expiration\`, \`priority\` and \`persistent\` do so, too, and mean nothing to the broker: no message expires, overtakes another, or outlives the process. A message without \`content-type\` is \`application/octet-stream\`.
- Heart-beats are offered and wanted every 10 s. Three of them may be missed before the connection is cut; a WebSocket is pinged besides, and a pong counts as a sign of life.
- 1.0 has no escapes: what would end a header or the frame becomes a space there. A carriage return goes out to 1.1 as it is, because only 1.2 can escape it.
- A line end follows the NUL of each frame to a client of 1.0. Clients of that time count on it, and between frames it means nothing.

## Not here

The bare broker is for trying clients and for what may be lost. It has none of these:

- persistence: everything is in memory and ends with the process. \`durable:true\`, \`auto-delete\` and \`x-…\` arguments on a queue are accepted and mean nothing;
- TLS: put a proxy before it;
- several users and permissions: there is one login, and whoever has it may read and send everything;
- virtual hosts: any \`host\` in CONNECT is the same one;
- exchanges, \`/amq/queue\` and whatever else is no \`/topic/\` or \`/queue/\`: SEND and SUBSCRIBE are refused with \`unsupported\` and \`field:destination\`;
- \`/temp-queue/\`: refused alike. \`reply-to\` travels along as any header does, and names no queue that the broker makes;
- expiry, priorities and delays;
- management and metrics;
- clustering: one process, and no other knows of it.

## What the bare broker bounds

Whoever goes beyond is told with ERROR, whose \`code\` is in the last column, and the connection ends.

| of | at most | else |
| --- | --- | --- |
| a frame | 4 MiB (\`--max-frame-bytes\`); 8 KiB before CONNECT | \`too-long\` |
| its headers | 100, each line 8 KiB | \`too-long\` |
| a session | 10,000 subscriptions, 100 open transactions | \`rate-limited\` |
| its open transactions together | 10,000 frames, 16 MiB (or twice the longest frame, if that is more) | \`too-long\` |
| a queue | 100,000 messages, 256 MiB (or twice the longest frame); unacknowledged ones are counted, and 512 bytes for each besides body and headers | \`busy\`, \`field:queue\` |
| all queues | 100,000 of them, 1 GiB together (or four times what one may keep) | \`busy\`, \`field:queue\` |
| a subscription | 100,000 messages unacknowledged | a queue's wait; a topic's subscriber is cut |
| a topic's subscriber who reads too slowly | 16 MiB that wait for it (or four of the longest frames) | cut, without ERROR |
| a connection without CONNECT | 10 s | \`malformed\` |

## The rules

*From*: the versions (A is all of them) and the specification's own word, or *ours* where it says nothing and safety or clients in the wild need it.
`;

if (import.meta.main) writeFileSync(PAGE, stompPage());
