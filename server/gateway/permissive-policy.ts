import { createHash, timingSafeEqual } from "node:crypto";
import { Refusal } from "#lib/chat/refusal.ts";
import type { Demand, QueueOptions } from "#server/broker/queue.ts";
import { detached, sizeOf } from "#server/stomp/frame.ts";
import type { Admission, Credentials, Opening, Policy, Publication, SendRequest } from "./policy.ts";

/** Who may come in, with a login and a passcode. */
export interface Passcode {
  login: string;
  passcode: string;
}

/** What the policy needs of the gateway that it is handed to. */
export interface Publishing {
  publish(topic: string, publication: Publication): void;
  hasRoom(demands: ReadonlyMap<string, Demand>): boolean;
}

export interface PermissiveOptions {
  /** Undefined: whoever comes. */
  passcode: Passcode | undefined;
  limits: NonNullable<Policy<undefined>["transactional"]>["limits"];
  queues: Omit<QueueOptions, "isQueue" | "deadLettersOf">;
  publishing: Publishing;
}

const NOWHERE: Opening = { replay: [] };
const NOTHING: Record<string, string> = {};
const DESTINATION = /^\/(topic|queue)\/./;
/** A wildcard as a whole segment, or a second destination behind a comma, as other brokers have them. As names they would be silently something else. */
const SEVERAL = /[./][*#>](?:[./]|$)|,\/(?:topic|queue)\//;
const DEAD_LETTERS = "/queue/DLQ.";
/** What only the broker may say: from a sender they would tell a subscriber lies (C70). */
const OWN = new Set(["message-id", "subscription", "ack", "receipt", "destination", "redelivered", "transaction"]);

/** The policy of the bare broker: whoever has the passcode may subscribe and send to any topic and any queue. */
export function openPermissivePolicy({ passcode, limits, queues, publishing }: PermissiveOptions): Policy<undefined> {
  const send = ({ destination, headers, body }: SendRequest) =>
    publishing.publish(destination, {
      destination,
      headers: passedOn(headers),
      body: isQueue(destination) ? detached(body) : body,
    });
  const room = (requests: readonly SendRequest[]) => {
    if (!publishing.hasRoom(demandsOf(requests))) throw new Refusal("busy", { field: "queue" });
  };
  return {
    transactional: {
      limits,
      queues: { ...queues, isQueue, deadLettersOf },
      commit(_, requests) {
        room(requests);
        for (const request of requests) send(request);
      },
    },
    connect: async (credentials) => admit(credentials, passcode),
    topic: (_, destination) => checked(destination),
    subscribe: async () => NOWHERE,
    send(_, request) {
      if (isQueue(checked(request.destination))) room([request]);
      send(request);
      return NOTHING;
    },
    review: async () => ({ end: [] }),
    subscribed() {},
    unsubscribed() {},
    connected() {},
    disconnected() {},
  };
}

function admit({ login, passcode }: Credentials, wanted: Passcode | undefined): Admission<undefined> {
  if (wanted && !(isSame(login, wanted.login) && isSame(passcode, wanted.passcode)))
    throw new Refusal("unauthenticated", { field: "passcode" });
  return { identity: undefined, user: login ?? "", expiresAt: null, headers: {} };
}

/** As long whatever the two have in common. */
function isSame(given: string | undefined, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(wanted));
}

function isQueue(destination: string): boolean {
  return destination.startsWith("/queue/");
}

/** As ActiveMQ names them with its individual dead letters. */
function deadLettersOf(queue: string): string | undefined {
  return queue.startsWith(DEAD_LETTERS) ? undefined : DEAD_LETTERS + queue.slice("/queue/".length);
}

function checked(destination: string): string {
  if (!DESTINATION.test(destination) || SEVERAL.test(destination))
    throw new Refusal("unsupported", { field: "destination" });
  return destination;
}

/** The sender's own headers, as far as they are the sender's to set. */
function passedOn(headers: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !OWN.has(name)));
}

function demandsOf(requests: readonly SendRequest[]): Map<string, Demand> {
  const demands = new Map<string, Demand>();
  for (const { destination, headers, body } of requests) {
    const { messages, bytes } = demands.get(destination) ?? { messages: 0, bytes: 0 };
    demands.set(destination, { messages: messages + 1, bytes: bytes + sizeOf(headers, body.length) });
  }
  return demands;
}
