import type { IncomingMessage } from "node:http";
import type { NetworkInterfaceInfo } from "node:os";
import { describe, expect, test } from "vitest";
import { clientAddress, isDirectLoopback, isOwnHost, networkOrigins, ownOrigins } from "#server/address.ts";
import { readConfig } from "#server/config.ts";

const info = (address: string, family: "IPv4" | "IPv6", internal = false) =>
  ({ address, family, internal }) as NetworkInterfaceInfo;
const HOME = {
  lo: [info("127.0.0.1", "IPv4", true), info("::1", "IPv6", true)],
  eth0: [info("fe80::1", "IPv6"), info("fd00::5", "IPv6"), info("192.168.0.5", "IPv4")],
};
const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

describe("own addresses", () => {
  test("on loopback only this machine's names are ours", () => {
    expect(ownOrigins(readConfig({}), HOME)).toEqual([
      "http://localhost:3000",
      "http://127.0.0.1:3000",
      "http://[::1]:3000",
    ]);
  });

  test("beyond loopback the local network's addresses are ours, the reachable ones, IPv4 first", () => {
    const config = readConfig({ HOST: "0.0.0.0", PORT: "8080" });
    expect(networkOrigins(config, HOME)).toEqual(["http://192.168.0.5:8080", "http://[fd00::5]:8080"]);
    expect(ownOrigins(config, HOME)).toContain("http://192.168.0.5:8080");
  });

  test("a domain of one's own is the only origin", () => {
    const config = readConfig({ HOST: "0.0.0.0", ORIGIN: "https://chat.example.com/" });
    expect(ownOrigins(config, HOME)).toEqual(["https://chat.example.com"]);
  });

  test.each([
    "evil.example",
    "localhost:3001",
    "localhost",
    "localhost:3000.evil.example",
    "evil-localhost:3000",
    "",
    undefined,
  ])("Host %s is not ours", (host) => {
    expect(isOwnHost(readConfig({}), host)).toBe(false);
  });

  test.each(["localhost:3000", "LOCALHOST:3000", "127.0.0.1:3000", "[::1]:3000"])("Host %s is ours", (host) => {
    expect(isOwnHost(readConfig({}), host)).toBe(true);
    // Probes on the machine itself reach it by these names, whatever people type.
    expect(isOwnHost(readConfig({ ORIGIN: "https://chat.example.com" }), host)).toBe(true);
  });
});

describe("the client's address", () => {
  const proxies = readConfig({ TRUSTED_PROXIES: "10.0.0.0/8, ::1" }).trustedProxies;

  test("is the peer's, whatever it claims, unless the peer is a trusted proxy", () => {
    expect(clientAddress(from("203.0.113.9", { "x-forwarded-for": "1.2.3.4" }), proxies)).toBe("203.0.113.9");
    expect(clientAddress(from("203.0.113.9", { "x-forwarded-for": "1.2.3.4" }), [])).toBe("203.0.113.9");
  });

  test("is the last one that no trusted proxy has", () => {
    const request = from("::ffff:10.0.0.1", { "x-forwarded-for": "6.6.6.6, 203.0.113.9, 10.1.1.1" });
    expect(clientAddress(request, proxies)).toBe("203.0.113.9");
  });

  test("is the proxy's when what it forwards is no address", () => {
    expect(clientAddress(from("10.0.0.1", { "x-forwarded-for": "nonsense" }), proxies)).toBe("10.0.0.1");
  });

  test("is the network of an IPv6 address, because whoever has one of them has all", () => {
    const addresses = ["2001:db8:1:2::1", "2001:db8:1:2:ffff:0:1:2", "2001:db8:1:3::1"].map((peer) =>
      clientAddress(from(peer), proxies),
    );
    expect(addresses).toEqual(["2001:db8:1:2::/64", "2001:db8:1:2::/64", "2001:db8:1:3::/64"]);
    expect(clientAddress(from("::1", { "x-forwarded-for": "2001:db8:1:2::9" }), proxies)).toBe("2001:db8:1:2::/64");
    expect(clientAddress(from("fe80::1%eth0"), proxies)).toBe("fe80:0:0:0::/64");
  });

  test("is directly this machine only without a proxy in between", () => {
    expect(isDirectLoopback(from("127.0.0.1"))).toBe(true);
    expect(isDirectLoopback(from("::ffff:127.0.0.1"))).toBe(true);
    expect(isDirectLoopback(from("127.0.0.1", { "x-forwarded-proto": "https" }))).toBe(false);
    expect(isDirectLoopback(from("127.0.0.1", { forwarded: "for=1.2.3.4" }))).toBe(false);
    expect(isDirectLoopback(from("192.168.0.7"))).toBe(false);
  });
});
