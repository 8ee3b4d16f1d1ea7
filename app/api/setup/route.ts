import { setupBody } from "#lib/chat/person.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { handle } from "../handle.ts";

export const POST = handle("nobody", setupBody, async ({ chat, auth, headers, input }) => {
  // First, so that nobody learns about codes from a place that has long been claimed.
  if ((await chat.place.read()).claimed) throw new Refusal("not-found");
  if (!auth.checkSetupCode(headers, input.code)) throw new Refusal("forbidden", { field: "code" });
  return chat.place.claim(input);
});
