import fc from "fast-check";
import { rawHttp } from "./raw-http.ts";

/** Requests as nobody means them, the same ones in every run: routes there are, filled with what is none, with odd headers and bodies. */
export function oddRequests(routes: readonly string[], host: string, cookie: string): string[] {
  const request = fc.record({
    method: fc.constantFrom(
      "GET",
      "GET",
      "POST",
      "POST",
      "PATCH",
      "PUT",
      "DELETE",
      "HEAD",
      "OPTIONS",
      "PROPFIND",
      "TRACE",
    ),
    path: fc
      .tuple(fc.constantFrom(...routes), fc.infiniteStream(piece))
      .map(([route, pieces]) => route.replace(/\[[^\]]+\]/g, () => pieces.next().value ?? "")),
    end: fc.oneof({ weight: 3, arbitrary: fc.constant("") }, fc.constantFrom(...ENDS)),
    headers: fc.subarray(HEADERS, { maxLength: 4 }),
    cookie: fc.constantFrom(cookie, cookie, "", "=", "next-auth.session-token=%E0%A4%A", `${cookie}; a=%; =b;;`),
    body: fc.constantFrom("", ...BODIES),
    type: fc.constantFrom(
      "application/json",
      "application/json",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "",
    ),
  });
  return fc
    .sample(request, { seed: 20261122, numRuns: 400 })
    .map(({ method, path, end, headers, cookie, body, type }) => {
      const lines = [
        `Host: ${host}`,
        "Connection: close",
        `Origin: http://${host}`,
        `Content-Length: ${Buffer.byteLength(body)}`,
      ];
      if (cookie) lines.push(`Cookie: ${cookie}`);
      if (type) lines.push(`Content-Type: ${type}`);
      return `${method} ${path}${end} HTTP/1.1\r\n${[...lines, ...headers].join("\r\n")}\r\n\r\n${body}`;
    });
}

/** Which of these the server answered with a 5xx, or did not answer to the end. */
export async function unanswered(port: number, requests: readonly string[]): Promise<string[]> {
  const failures: string[] = [];
  for (const request of requests) {
    const { answer, closed } = await rawHttp(port, request, 10_000);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
    if (!closed || status === 0 || status >= 500) failures.push(`${status} for ${request}`);
  }
  return failures;
}

const ODD = [
  ...["%E0%A4%A", "%", "%00", "%ff", "%zz", "%2e%2e", "..", ".", "%2F", "%5C", "\\", "%0d%0aset-cookie:a=b", "%25E0"],
  ...["__proto__", "constructor", "[id]", "%EB%B0%A9", "a b".replace(" ", "+"), "🌙", "_next", "*", "~", ";", "@", "0"],
  ...["a".repeat(3_000), "-1", "null", "undefined", "%F0%9F", "%C0%AF"],
];
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...ODD) },
  fc.webPath({ size: "small" }),
  fc.string({ unit: "grapheme-ascii", maxLength: 8 }).map(encodeURIComponent),
);

const ENDS = [
  ...[
    "?before=%E0%A4%A",
    "?limit=-1",
    "?limit=9999999999999999999",
    "?a[]=1&a[b]=2",
    "?__proto__=1&constructor=2",
    "?next=//evil.example",
  ],
  ...[
    "?%",
    "??",
    "?=&=&",
    `?${"a=1&".repeat(500)}`,
    "/",
    "//",
    "/..;/",
    "?error=%00",
    "?_rsc=%",
    "?code[]=x",
    "?before=1&after=2",
  ],
];

const HEADERS = [
  ...[
    "Authorization: Bearer",
    "Authorization: Bearer \u00ff",
    "Authorization: Basic Og==",
    `Authorization: Bearer ${"x".repeat(5_000)}`,
  ],
  ...[
    "Accept-Language: %,;q=x,*;;;",
    "Accept: ,",
    "Accept-Encoding: zstd;q=nothing",
    "Range: bytes=9-1",
    'If-None-Match: "',
    "Expect: nothing",
  ],
  ...[
    "RSC: 1",
    "Next-Router-State-Tree: %E0%A4%A",
    "Next-Router-State-Tree: %5B%22%22%2C%7B%22children%22%3A1%7D%5D",
    "Next-Router-Prefetch: 1",
    "Next-Router-Segment-Prefetch: /%E0%A4%A",
    "Next-Action: 00",
  ],
  ...[
    "X-Forwarded-Host: evil.example",
    "X-Forwarded-For: ::::",
    "X-Middleware-Subrequest: proxy",
    "X-HTTP-Method-Override: DELETE",
  ],
  ...[
    "Content-Encoding: gzip",
    "Upgrade: h2c",
    "X-Sarangbang-Address: nobody",
    "Next-Url: %E0%A4%A",
    "X-Nextjs-Data: 1",
  ],
];

const BODIES = [
  ...[
    "{",
    "[]",
    "null",
    "1",
    '"',
    '{"a":',
    '{"__proto__":{"role":"admin"}}',
    '{"name":null}',
    '{"name":{"a":[]}}',
    '{"text":"\\ud800"}',
    '{"callbackUrl":{},"csrfToken":[]}',
  ],
  ...[
    "csrfToken=%E0%A4%A&email=%",
    "a&b&=c",
    "--x\r\n",
    "\u0000\u0001",
    "[".repeat(10_000),
    '{"email":"mina@example.com","password":"\\u0000"}',
  ],
];
