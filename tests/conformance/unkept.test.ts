import { expect } from "vitest";
import { rule, withBareBroker } from "./bare-broker.ts";
import { bodies, fatal, listen, say, somewhere } from "./exchange.ts";

withBareBroker();

rule("C101", async ({ connect }) => {
  const always = [
    "selector:a = 1",
    "no-local:true",
    "activemq.noLocal:true",
    "exclusive:true",
    "activemq.exclusive:True",
  ];
  const durable = ["durable:true", "persistent:true", "activemq.subscriptionName:s", "durable-subscription-name:s"];
  const asked = [
    ...always.flatMap((header) => [`/topic/a\n${header}`, `/queue/a\n${header}`]),
    ...durable.map((header) => `/topic/a\n${header}`),
  ];
  for (const one of asked) {
    const peer = await connect();
    peer.send(`SUBSCRIBE\nid:a\ndestination:${one}\n\n`);
    const [, field] = /\n(.*):/.exec(one) ?? [];
    expect((await fatal(peer)).headers, one).toMatchObject({ code: "unsupported", field });
  }
  // What says no asks for nothing, and a queue outlives its consumers anyway.
  const harmless = [
    "selector:",
    "no-local:false",
    "exclusive:false",
    "durable:false",
    "auto-delete:true",
    "x-queue-type:a",
  ];
  for (const [kind, headers] of [
    ["topic", harmless],
    ["queue", [...harmless, ...durable]],
  ] as const)
    for (const header of headers) {
      const destination = somewhere(kind);
      const peer = await connect();
      await listen(peer, destination, "a", `${header}\n`);
      await say(peer, destination, "hello");
      expect(await bodies(peer), header).toEqual(["hello"]);
    }
});

rule("C102", async ({ connect }) => {
  const wild = ["*", "#", ">", "a.*", "a.>", "a/#", "*.b", "a/*/b", "a.#.b"];
  for (const kind of ["topic", "queue"] as const) {
    for (const name of [...wild, "a,/topic/b", "a,/queue/b"])
      for (const frame of [`SUBSCRIBE\nid:a\n`, "SEND\n", "BEGIN\ntransaction:t\n\n\0SEND\ntransaction:t\n"]) {
        const peer = await connect();
        peer.send(`${frame}destination:/${kind}/${name}\n\n`);
        expect((await fatal(peer)).headers, name).toMatchObject({ code: "unsupported", field: "destination" });
      }
    const plain = ["a*", "c#", "#1", "a->b", "**", "a,b", "a, /b", "a.b.c/d", "a>"];
    for (const name of plain) {
      const destination = `${somewhere(kind)}/${name}`;
      const peer = await connect();
      await listen(peer, destination, "a");
      await say(peer, destination, "hello");
      expect(await bodies(peer), name).toEqual(["hello"]);
    }
  }
});
