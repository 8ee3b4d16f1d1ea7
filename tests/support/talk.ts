import { roomVerb } from "#lib/chat/destinations.ts";
import type { Account } from "./place.ts";
import type { TestServer } from "./server.ts";
import { connectWire, type Wire, type WireFrame } from "./wire.ts";

/** A connection of somebody's browser session. */
export function connectAs(server: TestServer, account: Pick<Account, "cookie">): Promise<Wire> {
  return connectWire(server.endpoint, { headers: { cookie: account.cookie, origin: server.origin } });
}

/** A connection that is told of refusals instead of being closed. */
export async function connectTold(server: TestServer, account: Account): Promise<Wire> {
  const wire = await connectAs(server, account);
  await subscribe(wire, "/user/queue/refusals");
  return wire;
}

/** Subscribes and resolves with the RECEIPT. */
export function subscribe(wire: Wire, destination: string): Promise<WireFrame> {
  wire.send("SUBSCRIBE", { id: destination, destination, receipt: `in ${destination}` });
  return wire.frame("RECEIPT", { "receipt-id": `in ${destination}` });
}

/** Posts and resolves with the RECEIPT: it is stored. */
export function post(wire: Wire, room: string, text: string): Promise<WireFrame> {
  const receipt = `post ${crypto.randomUUID()}`;
  wire.send("SEND", { destination: roomVerb(room, "post"), receipt }, JSON.stringify({ text }));
  return wire.frame("RECEIPT", { "receipt-id": receipt });
}

/** Edits or deletes a message and resolves with the RECEIPT. */
export function change(wire: Wire, room: string, verb: "edit" | "delete", body: object): Promise<WireFrame> {
  const receipt = `${verb} ${crypto.randomUUID()}`;
  wire.send("SEND", { destination: roomVerb(room, verb), receipt }, JSON.stringify(body));
  return wire.frame("RECEIPT", { "receipt-id": receipt });
}

/** The notice on the refusals queue for the frame with this receipt. */
export function notice(wire: Wire, receipt: string): Promise<WireFrame> {
  return wire.frame("MESSAGE", { destination: "/user/queue/refusals", "receipt-id": receipt });
}
