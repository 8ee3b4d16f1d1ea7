import { Refusal } from "#lib/chat/refusal.ts";
import type { Frame } from "#server/stomp/frame.ts";
import type { SendRequest } from "./policy.ts";

/** A SEND as the policy takes it. */
export function requestOf({ headers, body }: Frame): SendRequest {
  const destination = headers.get("destination");
  if (destination === undefined) throw new Refusal("malformed", { field: "destination" });
  return { destination, headers, body };
}
