import { afterEach, beforeEach, expect, test } from "vitest";
import { type Endpoint, openEndpoint } from "./endpoint.ts";
import { open, type Peer, refused } from "./peer.ts";

let endpoint: Endpoint;
beforeEach(async () => {
  endpoint = await openEndpoint({ maxConnectionsPerAddress: 3 });
});
afterEach(() => endpoint.close());

/** Connects without a passcode, or with one, and returns who the server thinks it is. */
async function whoAmI(peer: Peer, headers = ""): Promise<string | undefined> {
  peer.send(`CONNECT\naccept-version:1.2\n${headers}\n`);
  const { command, headers: answer } = await peer.next();
  return command === "CONNECTED" ? answer["user-id"] : answer.code;
}

test("the highest subprotocol offered is echoed; none offered is welcome too", async () => {
  const chosen = await open(endpoint.url, { protocols: ["v10.stomp", "v12.stomp", "v11.stomp"] });
  expect(chosen.ws.protocol).toBe("v12.stomp");
  const bare = await open(endpoint.url, { protocols: [] });
  expect(bare.ws.protocol).toBe("");
  expect(await whoAmI(bare, "passcode:준-secret\n")).toBe("준");
});

test("a cookie counts with an Origin of ours", async () => {
  const peer = await open(endpoint.url, { origin: endpoint.origin, headers: { cookie: "a=b; who=mina" } });
  expect(await whoAmI(peer)).toBe("mina");
});

test("an Origin that has become ours since the server started counts too", async () => {
  const origin = "http://192.0.2.7:3000";
  const there = { origin, headers: { cookie: "who=mina" } };
  expect((await refused(endpoint.url, there)).status).toBe(403);
  endpoint.origins.push(origin);
  expect(await whoAmI(await open(endpoint.url, there))).toBe("mina");
});

test("a cookie with a foreign Origin, a look-alike, null or none is refused before the upgrade", async () => {
  const { origin } = endpoint;
  const lookAlikes = [
    `${origin}.evil.example`,
    origin.replace("//", "//evil-"),
    `${origin}0`,
    `${origin}/`,
    origin.toUpperCase(),
  ];
  for (const foreign of ["https://evil.example", "null", "", ...lookAlikes, undefined])
    expect(await refused(endpoint.url, { origin: foreign, headers: { cookie: "who=mina" } }), foreign).toMatchObject({
      status: 403,
      body: { code: "unauthenticated" },
    });
  expect(endpoint.gateway.stats().connections).toBe(0);
});

test("a token needs no Origin, in a header or in CONNECT", async () => {
  const bearer = await open(endpoint.url, { headers: { authorization: "Bearer 준-secret".replace("준", "jun") } });
  expect(await whoAmI(bearer)).toBe("jun");
  const foreign = await open(endpoint.url, { origin: "https://bot.example" });
  expect(await whoAmI(foreign, "login:mina\npasscode:jun-secret\n")).toBe("jun");
});

test("whoever shows a token means the token: the cookie beside it is not looked at", async () => {
  const headers = { cookie: "who=mina", authorization: "Bearer jun-secret" };
  expect(await whoAmI(await open(endpoint.url, { headers }))).toBe("jun");
  const wrong = { ...headers, authorization: "Bearer" };
  expect(await whoAmI(await open(endpoint.url, { origin: endpoint.origin, headers: wrong }))).toBe("unauthenticated");
  const peer = await open(endpoint.url, { origin: endpoint.origin, headers: { cookie: "who=mina" } });
  expect(await whoAmI(peer, "passcode:jun-secret\n")).toBe("jun");
});

test("no credential at all is ERROR and 4401", async () => {
  const peer = await open(endpoint.url);
  expect(await whoAmI(peer)).toBe("unauthenticated");
  expect(await peer.end()).toBe(4401);
});

test("one address may hold so many connections and no more; who leaves makes room", async () => {
  const headers = { "x-test-address": "192.0.2.1" };
  const peers = await Promise.all([1, 2, 3].map(() => open(endpoint.url, { headers })));
  expect(await refused(endpoint.url, { headers })).toMatchObject({ status: 429, body: { code: "rate-limited" } });
  await open(endpoint.url, { headers: { "x-test-address": "192.0.2.2" } });
  peers[0]?.ws.terminate();
  await expect
    .poll(() =>
      open(endpoint.url, { headers }).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
});
