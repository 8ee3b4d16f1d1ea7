import type { Frame } from "#server/stomp/frame.ts";
import { acknowledging } from "./acknowledge.ts";
import { requestOf } from "./send-request.ts";
import type { Session } from "./session.ts";

/** BEGIN, COMMIT, ABORT, and a SEND, ACK or NACK that names a transaction (STOMP 1.2, "BEGIN"). */
export function transact<Identity>(session: Session<Identity>, frame: Frame): void {
  const { transactions, endpoint } = session;
  switch (frame.command) {
    case "BEGIN":
      transactions.begin(frame);
      break;
    case "COMMIT":
      commit(session, transactions.end(frame));
      break;
    case "ABORT":
      transactions.end(frame);
      break;
    case "SEND":
      // A destination that is none is said at once, not at COMMIT.
      endpoint.policy.topic(session.view.identity, requestOf(frame).destination);
      transactions.join(frame);
      break;
    default:
      // The same holds for an ACK of nothing.
      acknowledging(session, frame);
      transactions.join(frame);
  }
}

/** All at once: nothing of another session comes between, because nothing here waits. What cannot be done is found before anything is. */
function commit<Identity>(session: Session<Identity>, frames: readonly Frame[]): void {
  const sends = frames.filter(({ command }) => command === "SEND").map(requestOf);
  const settle = frames
    .filter(({ command }) => command !== "SEND")
    .map((frame) => acknowledging(session, frame, "all or nothing"));
  session.endpoint.policy.transactional?.commit(session.view, sends);
  for (const one of settle) one();
}
