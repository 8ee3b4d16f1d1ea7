import { Refusal } from "#lib/chat/refusal.ts";
import type { Frame } from "#server/stomp/frame.ts";
import { type HeartBeat, negotiateHeartBeat } from "#server/stomp/heart-beat.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";
import { encodeFrame } from "#server/stomp/serializer.ts";
import { negotiateVersion } from "#server/stomp/version.ts";
import { LATER_COMMANDS } from "./client-commands.ts";
import { chooseCredential } from "./handshake.ts";
import { LifeSigns } from "./life-signs.ts";
import type { Admission } from "./policy.ts";
import type { Session } from "./session.ts";

const LATER: ReadonlySet<string> = new Set(LATER_COMMANDS);
/** The wall clock may jump while a session waits for its expiry, so it is asked at least this often (ms). */
const EXPIRY_CHECK = 60_000;

/** The first frame. Frames behind it wait, because the session takes one at a time. */
export async function connect<Identity>(session: Session<Identity>, frame: Frame): Promise<void> {
  if (frame.command !== "CONNECT" && frame.command !== "STOMP") {
    if (LATER.has(frame.command)) throw new Refusal("unauthenticated");
    throw new ProtocolError("malformed", "The first frame has to be CONNECT");
  }
  const version = negotiateVersion(frame.headers.get("accept-version"));
  const { heartBeat } = session.endpoint.limits;
  const agreed = negotiateHeartBeat(frame.headers.get("heart-beat"), version, heartBeat);
  session.speak(version);
  const admission = await admit(session, frame);
  if (!admission || session.over) return;
  session.connected();
  const headers = {
    version,
    session: session.id,
    server: session.endpoint.name,
    // 1.0 has none, and whoever speaks it might take ours for a promise.
    ...(version === "1.0" ? {} : { "heart-beat": `${heartBeat.send},${heartBeat.receive}` }),
    ...admission.headers,
  };
  session.wire.write(encodeFrame(version, "CONNECTED", headers));
  keepAlive(session, agreed);
  endAt(session, admission.expiresAt);
}

async function admit<Identity>(session: Session<Identity>, frame: Frame): Promise<Admission<Identity> | undefined> {
  const { endpoint } = session;
  const reviewsBefore = endpoint.reviews;
  const admission = await endpoint.policy.connect(chooseCredential(session.credentials, frame.headers));
  if (session.over) return undefined;
  session.admit(admission);
  endpoint.users.enter(admission.user, session);
  // Access that changed while the policy was looking was reviewed without this session.
  if (endpoint.reviews !== reviewsBefore) await session.reviews.hold()();
  return admission;
}

function keepAlive<Identity>(session: Session<Identity>, agreed: HeartBeat): void {
  const { wheel, limits } = session.endpoint;
  const usual = session.wire.answersPings ? limits.heartBeat.receive : 0;
  session.life = new LifeSigns(session, wheel, agreed, usual);
}

function endAt<Identity>(session: Session<Identity>, expiresAt: number | null): void {
  if (expiresAt === null) return;
  const { wheel, clock } = session.endpoint;
  const look = () => {
    const remaining = expiresAt - clock.now();
    if (remaining <= 0) session.fail(new Refusal("expired"));
    else session.expiry = wheel.after(Math.min(remaining, EXPIRY_CHECK), look);
  };
  look();
}
