import type { Delivery } from "#server/broker/delivery.ts";
import type { Encoded } from "#server/stomp/frame.ts";
import { Message } from "#server/stomp/serializer.ts";
import type { Version } from "#server/stomp/version.ts";
import type { Publication } from "./policy.ts";

/** Makes a MESSAGE of a publication. Whose order of headers: message-id and destination first, content-type last. */
function toMessage(publication: Publication, newId: () => string, further?: Record<string, string>): Message {
  const { destination, headers, body } = publication;
  const type = typeof body === "string" ? "application/json" : "application/octet-stream";
  return new Message(
    { "message-id": headers["message-id"] ?? newId(), destination, "content-type": type, ...headers, ...further },
    body,
  );
}

/** Turns publications into deliveries. Handed the same publication for many topics one after another, it is still encoded once. */
export function openEncoder(newId: () => string): (publication: Publication) => Delivery {
  let last: { publication: Publication; delivery: Delivery } | undefined;
  return (publication) => {
    if (last?.publication !== publication) {
      const { position, ephemeral, coalesceKey } = publication;
      last = { publication, delivery: { message: toMessage(publication, newId), position, ephemeral, coalesceKey } };
      // With all its copies it would otherwise stay until the next one is published.
      queueMicrotask(() => {
        last = undefined;
      });
    }
    return last.delivery;
  };
}

const REPLAY = { replay: "true" };

/** One frame for each shared publication, the last one made: clients choose ids as they like, and frames for all of them would fill the memory. */
const kept = new WeakMap<Publication, { version: Version; subscription: string | undefined; frame: Encoded }>();

/** The frame of what a subscription begins with. Those who name theirs alike get the same one of a publication that is shared. */
export function encodeReplay(
  publication: Publication,
  newId: () => string,
  version: Version,
  subscription: string | undefined,
): Encoded {
  const last = kept.get(publication);
  if (last?.version === version && last.subscription === subscription) return last.frame;
  const frame = toMessage(publication, newId, REPLAY).encode(version, subscription);
  if (publication.shared) kept.set(publication, { version, subscription, frame });
  return frame;
}
