import { expect, test } from "vitest";
import { addressOf, brokersOf, brokerUrl, credentialsOf, pathOf, tlsOf } from "#server/relay/broker-url.ts";
import { openRelay } from "#server/relay/open-relay.ts";
import { reasonOf } from "#server/relay/reason.ts";

test("미나 may list Kafka's brokers, each with its own port or none", () => {
  const url = brokerUrl("kafka://mina:p%40ss@one.example:9093,two.example,[::1]:9094/hints?mechanism=SCRAM-SHA-256");
  expect(brokersOf(url, 9092)).toEqual([
    { host: "one.example", port: 9093 },
    { host: "two.example", port: 9092 },
    { host: "::1", port: 9094 },
  ]);
  expect(credentialsOf(url)).toEqual({ login: "mina", password: "p@ss" });
  expect(pathOf(url)).toBe("hints");
  expect(url.searchParams.get("mechanism")).toBe("SCRAM-SHA-256");
});

test("a broker is found by name, by address, and on its usual port", () => {
  expect(addressOf(brokerUrl("amqp://queue.example"), 5672)).toEqual({ host: "queue.example", port: 5672 });
  expect(addressOf(brokerUrl("stomp://[::1]:61613"), 1)).toEqual({ host: "::1", port: 61613 });
  expect(credentialsOf(brokerUrl("amqp://queue.example"))).toBeUndefined();
});

test("TLS asks for a server by name, and for an address by none", () => {
  expect(tlsOf(brokerUrl("amqps://queue.example/"))).toEqual({ servername: "queue.example" });
  expect(tlsOf(brokerUrl("stomps://127.0.0.1/"))).toEqual({});
  expect(tlsOf(brokerUrl("amqp://queue.example/"))).toBeUndefined();
});

for (const [text, reason] of [
  ["http://queue.example", /its scheme is none of amqp, amqps, stomp/],
  ["amqp://mina:p@ss:word@/x", /no URL|no host/],
  ["amqp://", /no host|no URL/],
  ["amqp://mina:%zz@queue.example", /no URL/],
  ["amqp://mina:12/secret@queue.example/chat", /no URL/],
  ["stomp://mina:12#secret@queue.example", /no URL/],
  ["kafka://mina:12?secret@queue.example/topic", /no URL/],
] as const)
  test(`${text} is refused without being repeated`, () => {
    expect(() => brokerUrl(text)).toThrow(reason);
    expect(() => brokerUrl(text)).not.toThrow(/mina/);
  });

test("a certificate that is not there is said at once, not when the relay wonders why it is down", () => {
  const url = brokerUrl("stomps://queue.example/?ca=/nowhere/ca.pem");
  expect(() => openRelay({ url, node: "one", heard() {}, changed() {} })).toThrow(
    /\/nowhere\/ca\.pem .* cannot be read/,
  );
});

test("a reason is one line, the innermost, and never holds the password in any spelling", () => {
  const url = brokerUrl("amqp://mina:p%40ss%20word@queue.example");
  const error = new AggregateError([new Error("first"), new Error("refused p@ss word\nand p%40ss%20word")], "");
  expect(reasonOf(error, url)).toBe("refused … and …");
  expect(reasonOf(new Error("outer", { cause: new Error("inner") }), url)).toBe("inner");
  expect(reasonOf(new Error("undefined: ACCESS_REFUSED - Login was refused"), url)).toBe(
    "ACCESS_REFUSED - Login was refused",
  );
});
