import { expect } from "@playwright/test";
import { test } from "#tests/support/people.ts";
import { createRoom } from "#tests/support/place.ts";
import { rawHttp, upgradeRequest } from "#tests/support/raw-http.ts";
import { until } from "#tests/support/until.ts";

// What only the built pages can show; the other numbers are in tests/attacks.

const RSC = { rsc: "1" };
const PREFETCH = { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" };
const PLAIN = {};

test("A10 an upgrade under the framework's addresses is cut off", async ({ server }) => {
  for (const path of ["/_next/webpack-hmr", "/_next/static/x", "/_next/../stomp"]) {
    const { answer, closed } = await rawHttp(server.port, upgradeRequest(path, `localhost:${server.port}`));
    expect({ path, answer, closed }).toEqual({ path, answer: "", closed: true });
  }
});

test("A27 headers of the framework open no page to nobody", async ({ server, mina }) => {
  const room = await createRoom(server, mina, { name: "운영비밀", kind: "admins" });
  const pages = ["/rooms", `/rooms/${room.id}`, "/settings/profile"];
  const spells: Record<string, string>[] = [
    { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
    { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware" },
    { "x-middleware-rewrite": "/rooms", "x-middleware-next": "1" },
    { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
    { "x-nextjs-data": "1" },
    { "x-matched-path": `/rooms/${room.id}` },
  ];
  for (const path of pages) {
    for (const headers of spells) {
      const answer = await fetch(server.origin + path, { headers, redirect: "manual" });
      const text = await answer.text();
      expect(text, path).not.toContain("운영비밀");
      expect(answer.headers.get("location") ?? "", path).not.toContain("evil.example");
      expect([307, 404], path).toContain(answer.status);
    }
  }
});

test("A28 neither a flight request nor a prefetch tells 준 of a room he may not enter", async ({
  server,
  mina,
  jun,
}) => {
  const room = await createRoom(server, mina, { name: "운영비밀", kind: "admins" });
  const missing = "0".repeat(room.id.length);
  for (const headers of [RSC, PREFETCH, PLAIN]) {
    for (const suffix of ["", ".rsc", "?_rsc=abc"]) {
      const ask = async (id: string) => {
        const answer = await fetch(`${server.origin}/rooms/${id}${suffix}`, {
          headers: { ...headers, cookie: jun.cookie },
          redirect: "manual",
        });
        return { status: answer.status, text: await answer.text() };
      };
      // Pages are streamed in pieces whose number differs from one answer to the next, for either room: some of both must be equally long.
      const lengths = { hidden: new Set<number>(), nothing: new Set<number>() };
      await until(`answers of one length for ${suffix} with ${JSON.stringify(headers)}`, async () => {
        const [hidden, nothing] = [await ask(room.id), await ask(missing)];
        expect(hidden.status).toBe(nothing.status);
        expect(hidden.text).not.toContain("운영비밀");
        lengths.hidden.add(hidden.text.length);
        lengths.nothing.add(nothing.text.length);
        return !lengths.hidden.isDisjointFrom(lengths.nothing);
      });
    }
  }
});

test("every page has a policy with a nonce of its own and no inline scripts", async ({ server, mina }) => {
  const policyOf = async (path: string) => {
    const answer = await fetch(server.origin + path, { headers: { cookie: mina.cookie } });
    const nonces = [...(await answer.text()).matchAll(/<script[^>]*>/g)].map(
      ([tag]) => /nonce="([^"]+)"/.exec(tag)?.[1],
    );
    return { policy: answer.headers.get("content-security-policy") ?? "", nonces };
  };
  const seen = new Set<string>();
  for (const path of ["/sign-in", "/rooms", "/nothing-here", "/settings/profile"]) {
    const { policy, nonces } = await policyOf(path);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] as string;
    expect(policy).toContain("frame-ancestors 'none'");
    expect(/script-src [^;]*/.exec(policy)?.[0], path).not.toMatch(/unsafe/);
    expect(new Set(nonces), path).toEqual(new Set([nonce]));
    seen.add(nonce);
  }
  expect(seen.size).toBe(4);
});

test("the API answers through Next as it does without", async ({ server, jun }) => {
  const status = async (path: string, init: RequestInit = {}) => (await fetch(server.origin + path, init)).status;
  expect(await status("/api/rooms")).toBe(401);
  expect(await status("/api/rooms", { headers: { cookie: jun.cookie } })).toBe(200);
  expect(await status("/api/invites", { headers: { cookie: jun.cookie } })).toBe(403);
  expect(await status("/api/rooms/0000", { headers: { cookie: jun.cookie } })).toBe(404);
  expect(await status("/api/rooms", { method: "DELETE" })).toBe(405);
  expect(await status("/api/auth/_log", { method: "POST" })).toBe(404);
  const foreign = {
    method: "POST",
    headers: { cookie: jun.cookie, origin: "https://evil.example", "content-type": "application/json" },
    body: "{}",
  };
  expect(await status("/api/rooms", foreign)).toBe(403);
});
