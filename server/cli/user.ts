import { randomBytes } from "node:crypto";
import { type Command, Option } from "commander";
import { newcomerBody, type Person, ROLES, type Role } from "#lib/chat/person.ts";
import { minding } from "./admins.ts";
import { CONSOLE } from "./console.ts";
import { orComplain, personBy } from "./find.ts";
import { answer, type Flags, subcommand, table } from "./output.ts";
import { parse } from "./parse.ts";
import { readPassword } from "./password.ts";
import { withChat } from "./with-chat.ts";

const role = () => new Option("--role <role>", "what they may do").choices(ROLES);

/** `user add|list|set-password|set-role|suspend` */
export function addUserCommands(user: Command): void {
  subcommand(user, "add", "make an account; the password is read from standard input")
    .requiredOption("--email <address>", "what they sign in with")
    .requiredOption("--name <name>", "what others see")
    .addOption(role().default("member"))
    .option("--bot", "an account for tokens only; no password is read")
    .action(add);
  subcommand(user, "list", "everybody with an account").action(list);
  subcommand(user, "set-password", "change a password, read from standard input; ends all of their sessions and tokens")
    .requiredOption("--email <address>", "whose")
    .action(setPassword);
  subcommand(user, "set-role", "make somebody an admin or a member")
    .requiredOption("--email <address>", "whom")
    .addOption(role().makeOptionMandatory())
    .action(setRole);
  subcommand(user, "suspend", "keep somebody out; ends all of their sessions")
    .requiredOption("--email <address>", "whom")
    .option("--undo", "let them in again")
    .action(suspend);
}

async function add(flags: Flags & { email: string; name: string; role: Role; bot?: boolean }): Promise<void> {
  const password = flags.bot ? randomBytes(24).toString("base64url") : await readPassword();
  const newcomer = parse(newcomerBody, { name: flags.name, email: flags.email, password });
  await withChat(async ({ chat }) => {
    const kind = flags.bot ? "bot" : "person";
    const isFirstAdmin = flags.role === "admin" && kind === "person" && !(await chat.place.read()).claimed;
    const made = isFirstAdmin
      ? chat.place.claim({ ...newcomer, placeName: "Sarangbang", language: languageOf(flags.name) })
      : chat.people.add(CONSOLE, { ...newcomer, role: flags.role, kind });
    const person = await orComplain(made, `${newcomer.email} has an account already.`, "forbidden");
    answer(
      flags,
      { id: person.id, email: newcomer.email, name: person.name, role: person.role },
      welcome(person, isFirstAdmin),
    );
  });
}

/** Nobody has chosen a language yet; the first admin's name is the best hint there is. */
const languageOf = (name: string) => (/\p{Script=Hangul}/u.test(name) ? "ko" : "en");

function welcome(person: Person, isFirstAdmin: boolean): string {
  const made = `${person.name} is ${person.role === "admin" ? "an admin" : "a member"} now (${person.id}).`;
  if (!isFirstAdmin) return made;
  return `${made} As the first admin they have opened the place: the set-up page is gone, and the first room is there.`;
}

async function list(flags: Flags): Promise<void> {
  await withChat(async ({ chat }) => {
    const people = await chat.people.list(CONSOLE);
    const full = await Promise.all(people.map(({ id }) => chat.people.find(CONSOLE, { id })));
    const rows = full.map(({ id, email, name, title, role, kind, suspended, host = false }) => ({
      ...{ id, email, name, title, role, kind, suspended, host },
    }));
    answer(
      flags,
      rows,
      table(
        ["ID", "E-MAIL", "NAME", "ROLE", ""],
        rows.map((row) => [row.id, row.email, row.name, row.host ? "" : row.role, remarks(row)]),
      ),
    );
  });
}

function remarks({ kind, suspended, host }: Pick<Person, "kind" | "suspended"> & { host: boolean }): string {
  if (host) return "the place itself";
  return [kind === "bot" && "bot", suspended && "suspended"].filter(Boolean).join(", ");
}

async function setPassword(flags: Flags & { email: string }): Promise<void> {
  const password = await readPassword();
  await withChat(async ({ chat }) => {
    const person = await personBy(chat, flags.email);
    await chat.people.setPassword(CONSOLE, person.id, password);
    answer(
      flags,
      { id: person.id },
      `${person.name} has a new password, and is signed out everywhere; access tokens have to be made anew.`,
    );
  });
}

async function setRole(flags: Flags & { email: string; role: Role }): Promise<void> {
  await withChat(async ({ chat }) => {
    const { id } = await personBy(chat, flags.email);
    const person = await minding(chat, () => chat.people.changeOther(CONSOLE, id, { role: flags.role }));
    answer(
      flags,
      { id, role: person.role },
      `${person.name} is ${person.role === "admin" ? "an admin" : "a member"} now.`,
    );
  });
}

async function suspend(flags: Flags & { email: string; undo?: boolean }): Promise<void> {
  await withChat(async ({ chat }) => {
    const { id } = await personBy(chat, flags.email);
    const person = await minding(chat, () => chat.people.changeOther(CONSOLE, id, { suspended: !flags.undo }));
    answer(
      flags,
      { id, suspended: person.suspended },
      `${person.name} ${person.suspended ? "is suspended" : "may come in again"}.`,
    );
  });
}
