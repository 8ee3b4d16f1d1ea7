import type { Delivery } from "#server/broker/delivery.ts";
import { Message } from "#server/stomp/serializer.ts";
import type { Publication } from "./policy.ts";

/** Makes a MESSAGE of a publication. Whose order of headers: message-id and destination first, content-type last. */
export function toMessage(publication: Publication, newId: () => string, further?: Record<string, string>): Message {
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
