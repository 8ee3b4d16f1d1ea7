import { createServer } from "node:http";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openGateway } from "#server/gateway/gateway.ts";
import { freePort } from "#tests/support/free-port.ts";
import { until } from "#tests/support/until.ts";
import { LIMITS } from "./endpoint.ts";
import { INBOX, Journal, REFUSALS, ROOM } from "./journal-policy.ts";
import { open, subscribe } from "./peer.ts";
import { RoomReader } from "./room-reader.ts";

const PEOPLE = ["mina", "jun"] as const;
const someone = fc.constantFrom(...PEOPLE);

/** What can happen next, in any order. Effects (publications, reviews) follow commits through one queue, as from the writer thread. */
type Step =
  | { do: "commit" | "apply" | "lose" }
  | { do: "enter" | "leave" | "goOn" | "revoke" | "grant"; who: (typeof PEOPLE)[number] };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ do: "commit" }) },
  { weight: 5, arbitrary: fc.constant<Step>({ do: "apply" }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: "lose" }) },
  { weight: 4, arbitrary: someone.map((who): Step => ({ do: "enter", who })) },
  { weight: 6, arbitrary: someone.map((who): Step => ({ do: "goOn", who })) },
  { weight: 2, arbitrary: someone.map((who): Step => ({ do: "leave", who })) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: "revoke", who: "jun" }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: "grant", who: "jun" }) },
);

/** Access lost just while it matters would come up too rarely by itself. */
const jun = (verb: "enter" | "goOn" | "revoke"): Step => ({ do: verb, who: "jun" });
const commit: Step = { do: "commit" };
const apply: Step = { do: "apply" };
const closeCall = fc.constantFrom<Step[]>(
  [commit, jun("enter"), jun("goOn"), jun("revoke"), apply, apply, apply, jun("goOn"), jun("goOn"), jun("goOn")],
  [jun("enter"), jun("goOn"), jun("goOn"), apply, apply, jun("revoke"), commit, apply, apply, jun("goOn")],
);
const course = fc
  .array(fc.oneof({ weight: 12, arbitrary: step.map((one) => [one]) }, { weight: 1, arbitrary: closeCall }), {
    minLength: 8,
    maxLength: 45,
  })
  .map((parts) => parts.flat());

test("whatever happens while a replay is handed over, nobody misses a message, has one twice, or hears one after losing access", async () => {
  await fc.assert(
    fc.asyncProperty(course, async (steps) => {
      const world = await openWorld();
      try {
        for (const next of steps) await world.take(next);
        await world.settle();
        expect(world.complaints()).toEqual([]);
      } finally {
        await world.close();
      }
    }),
    {
      numRuns: Number(process.env.HAND_OVER_RUNS ?? 150),
      interruptAfterTimeLimit: 60_000,
      markInterruptAsFailure: true,
    },
  );
}, 90_000);

/** A gateway, its journal, and two readers with real sockets. After each step everything that could arrive has arrived. */
async function openWorld() {
  const journal = new Journal();
  const { gateway, url, close } = await serve(journal);
  journal.tell = (user) =>
    gateway.publish(`${user} ${INBOX}`, { destination: INBOX, headers: {}, body: '{"type":"room-gone"}' });
  const effects: ({ publish: number } | { review: string; of: object })[] = [];
  const lost = new Set<number>();
  const reviews: Promise<void>[] = [];
  const readers = await Promise.all(PEOPLE.map((who) => openReader(url, who, journal, lost)));
  const reader = (who: string) => readers.find(({ user }) => user === who) as RoomReader;

  const sync = async () => {
    // Twice: a pong may overtake the answer to what came just before its ping, but not what came before that.
    for (let times = 0; times < 2; times++) await Promise.all(readers.map(({ peer }) => peer.pong()));
    for (const one of readers) one.read();
  };
  const apply = () => {
    const effect = effects.shift();
    if (effect && "publish" in effect) gateway.publish(ROOM, journal.publication(effect.publish));
    if (effect && "review" in effect) reviews.push(review(effect.review, effect.of));
  };
  const review = async (who: string, revocation: object) => {
    await gateway.review({ users: new Set([who]) });
    // Another grant and revocation may have come since: that one has a review of its own.
    if (journal.revoked.get(who) === revocation) journal.shutOut.add(who);
  };
  const act: { [verb in Step["do"]]: (who: string) => void } = {
    commit: () => effects.push({ publish: ++journal.head }),
    apply,
    lose: () => {
      if (effects[0] && "publish" in effects[0]) {
        lost.add(effects[0].publish);
        effects.shift();
      }
    },
    enter: (who) => reader(who).enter(),
    leave: (who) => reader(who).leave(),
    goOn: (who) => {
      const at = journal.pending.findIndex(({ user }) => user === who);
      if (at >= 0) journal.pending.splice(at, 1)[0]?.goOn();
    },
    revoke: (who) => {
      if (journal.revoked.has(who)) return;
      const revocation = { since: journal.head };
      journal.revoked.set(who, revocation);
      effects.push({ review: who, of: revocation });
    },
    grant: (who) => {
      journal.revoked.delete(who);
      journal.shutOut.delete(who);
    },
  };

  return {
    async take(next: Step): Promise<void> {
      act[next.do]("who" in next ? next.who : "");
      if (["enter", "leave", "goOn", "apply"].includes(next.do)) await sync();
    },
    /** Lets everything come to rest; what was lost is healed as the batch of heads does it; whoever may read has everything in the end. */
    async settle(): Promise<void> {
      while (effects.length > 0) {
        apply();
        await sync();
      }
      journal.onlyAtOnce = true;
      for (const { goOn } of journal.pending.splice(0)) goOn();
      await Promise.all(reviews);
      await sync();
      if (lost.has(journal.head)) gateway.publish(ROOM, journal.publication(journal.head));
      const mayRead = readers.filter(({ user }) => !journal.revoked.has(user));
      await until(`everybody to reach rev ${journal.head}`, () => catchUp(mayRead, journal.head, sync)).catch((error) =>
        readers[0]?.complaints.push(`${error.message}; ${whereIs(readers)}`),
      );
      await sync();
    },
    complaints: () => readers.flatMap(({ user, complaints }) => complaints.map((text) => `${user}: ${text}`)),
    async close(): Promise<void> {
      for (const { peer } of readers) peer.ws.terminate();
      await close();
    },
  };
}

/** One round of what clients do by themselves: a hole is left and entered again. */
async function catchUp(readers: RoomReader[], head: number, sync: () => Promise<void>): Promise<boolean> {
  for (const reader of readers) {
    if (reader.state === "hole") reader.leave();
    if (reader.state === "out") reader.enter();
  }
  await sync();
  return readers.every((reader) => reader.state === "in" && reader.cursor === head);
}

function whereIs(readers: RoomReader[]): string {
  return readers.map(({ user, state, cursor }) => `${user} is ${state} at ${cursor}`).join(", ");
}

async function openReader(url: string, user: string, journal: Journal, lost: ReadonlySet<number>): Promise<RoomReader> {
  const peer = await open(url);
  peer.send(`CONNECT\naccept-version:1.2\npasscode:${user}\n\n`);
  for (const queue of [INBOX, REFUSALS]) await subscribe(peer, queue);
  return new RoomReader(user, peer, {
    mayBeLost: (rev) => lost.has(rev),
    mayHear: (rev) => !journal.shutOut.has(user) && rev <= (journal.revoked.get(user)?.since ?? rev),
  });
}

async function serve(journal: Journal) {
  const port = await freePort();
  const log = { error: () => {}, debug: () => {} };
  const gateway = openGateway({ policy: journal, limits: LIMITS, origins: () => [], log });
  const server = createServer();
  server.on("upgrade", (request, socket, head) => gateway.upgrade(request, socket, head, "127.0.0.1"));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = async () => {
    await gateway.shutdown(100);
    await new Promise((resolve) => server.close(resolve));
  };
  return { gateway, url: `ws://127.0.0.1:${port}/stomp`, close };
}
