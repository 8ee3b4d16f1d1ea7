import { Refusal } from "#lib/chat/refusal.ts";
import type { NewPerson } from "#server/store/commands/people.ts";
import type { Chat } from "./chat.ts";
import type { Context } from "./context.ts";

type Account = Pick<NewPerson, "name" | "role" | "kind"> & { email: string; password: string };

export function createPeople(context: Context): Chat["people"] {
  const { store, now } = context;
  return {
    list: (actor) => store.read("people", { actor, now: now() }),
    me: (actor) => store.read("me", { actor, now: now() }),
    find: (actor, by) => store.read("findPerson", { actor, now: now(), by }),
    async join(code, { name, email, password }) {
      // A link that no longer works costs no hashing.
      if (!(await store.read("invite", { code, now: now() }))) throw new Refusal("not-found");
      const person = await account(context, { name, email, password, role: "member", kind: "person" });
      return await store.write("join", { code, now: now(), person });
    },
    async add(actor, { name, email, password, role, kind = "person" }) {
      const person = await account(context, { name, email, password, role, kind });
      return await store.write("addPerson", { actor, now: now(), person });
    },
    change: (actor, changes) => store.write("changeMe", { actor, now: now(), changes }),
    changeOther: (actor, user, changes) => store.write("changePerson", { actor, now: now(), user, changes }),
    changePassword: (actor, current, next) => changePassword(context, actor, current, next),
    async setPassword(actor, user, next) {
      // One's own asks for the present one, or whoever finds a browser signed in could keep it.
      if (actor.via !== "console" && actor.user === user) throw new Refusal("forbidden");
      // A refusal costs no hashing.
      await store.read("findPerson", { actor, now: now(), by: { id: user } });
      const passwordHash = await context.passwords.hash(next);
      await store.write("setPassword", { actor, now: now(), user, passwordHash });
    },
  };
}

async function account({ passwords, newId }: Context, { password, ...person }: Account): Promise<NewPerson> {
  return { ...person, id: newId(), passwordHash: await passwords.hash(password) };
}

async function changePassword(
  { store, passwords, signInLimits, now }: Context,
  actor: Parameters<Chat["people"]["changePassword"]>[0],
  current: string,
  next: string,
): Promise<void> {
  const { user } = actor;
  // A stolen session must not become a stolen password by guessing.
  await signInLimits.take(`user ${user}`, user);
  const known = await store.read("credentials", { id: user });
  if (!(await passwords.verify(known?.passwordHash, current))) throw new Refusal("forbidden", { field: "current" });
  await signInLimits.forgive(`user ${user}`, user);
  const passwordHash = await passwords.hash(next, "next");
  const keep = actor.via === "session" ? actor.session : undefined;
  await store.write("setPassword", { actor, now: now(), user, passwordHash, keep });
}
