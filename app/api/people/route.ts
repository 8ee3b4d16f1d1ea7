import { handle } from "../handle.ts";

export const GET = handle("read", undefined, async ({ chat, actor }) => ({ people: await chat.people.list(actor) }));
