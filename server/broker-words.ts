import type { Refusal } from "#lib/chat/refusal.ts";
import { refusals } from "#lib/i18n/en/refusals.ts";

/** What the bare broker's ERRORs say, where the chat's sentences speak of people, rooms and restarts. */
export function brokerWords({ code, field }: Refusal): string {
  switch (code) {
    case "unauthenticated":
      return field === "passcode" ? "The login or the passcode is wrong." : "The first frame has to be CONNECT.";
    case "unsupported":
      return field === "destination"
        ? "Destinations begin with /topic/ or /queue/ and name one place, without wildcards."
        : `This broker does not offer ${field ?? "that"}.`;
    case "malformed":
      return field === undefined ? "No CONNECT came in time." : `The ${field} header is missing.`;
    case "busy":
      return field === "queue" ? "The queue has no room left." : "The broker is busy. Try again in a moment.";
    case "too-long":
      return "The open transactions hold too much.";
    case "rate-limited":
      return "There are too many of these on one connection: subscriptions or open transactions.";
    case "shutting-down":
      return "The broker is ending.";
    default:
      return refusals[code];
  }
}
