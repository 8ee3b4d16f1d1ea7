import type { IncomingMessage } from "node:http";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";
import type { Config } from "./config.ts";
import type { Network } from "./settings.ts";

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;
type Listening = Pick<Config, "host" | "port" | "origin" | "hasOwnOrigin" | "isLoopback">;

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];
const EVERYWHERE = ["0.0.0.0", "::"];
/** Milliseconds for which the machine's addresses are believed: asking the system costs as much as the rest of a handshake, and all clients may come at once. */
const FRESH = 1_000;

/**
 * The origins people may have in their address bar: ORIGIN first; without one of one's own also this machine's names, and the local
 * network's addresses when the server listens there. Asked anew each time, and the system once a second, because laptops change networks.
 */
export function ownOrigins(config: Listening, interfaces: Interfaces = currentInterfaces()): string[] {
  const origins = new Set([config.origin]);
  if (isLoopbackOrigin(config.origin)) {
    for (const name of LOOPBACK_NAMES) origins.add(originOf(name, config.port));
  }
  if (!config.hasOwnOrigin) for (const origin of networkOrigins(config, interfaces)) origins.add(origin);
  return [...origins];
}

/** `http://address:port` for every address of this machine that others can reach; none on loopback. */
export function networkOrigins(config: Listening, interfaces: Interfaces = currentInterfaces()): string[] {
  if (config.isLoopback) return [];
  if (!EVERYWHERE.includes(config.host)) return [originOf(config.host, config.port)];
  return Object.values(interfaces)
    .flatMap((infos) => infos ?? [])
    .filter((info) => !info.internal && ipaddr.process(info.address).range() !== "linkLocal")
    .sort((a, b) => a.family.localeCompare(b.family))
    .map((info) => originOf(info.family === "IPv6" ? `[${info.address}]` : info.address, config.port));
}

/** Where others find the server: ORIGIN where it was set, else this machine's first address that they can reach, if there is one. */
export function invitingOrigin(config: Listening): string {
  const [reachable] = config.hasOwnOrigin ? [] : networkOrigins(config);
  return reachable ?? config.origin;
}

/** Whether a Host header names us. Loopback names always do: DNS rebinding brings the attacker's name along, never ours (decision 9). */
export function isOwnHost(config: Listening, host: string | undefined): boolean {
  if (!host) return false;
  const asked = host.toLowerCase();
  if (LOOPBACK_NAMES.some((name) => asked === hostAt(name, config.port))) return true;
  if (asked === hostOf(config.origin)) return true;
  return ownOrigins(config).some((origin) => hostOf(origin) === asked);
}

/**
 * The peer's address, or what trusted proxies say of it: the last hop that is not one of ours (A11). Limits count by it, so of an IPv6 address it is
 * the network: whoever has one of them has 2^64.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: Network[]): string {
  let address = plain(request.socket.remoteAddress ?? "");
  const forwarded = request.headers["x-forwarded-for"];
  if (forwarded === undefined) return networkOf(address);
  for (const hop of String(forwarded).split(",").reverse()) {
    if (!ipaddr.isValid(hop.trim()) || !isTrusted(address, trustedProxies)) break;
    address = plain(hop.trim());
  }
  return networkOf(address);
}

/** Straight from this machine: behind a local proxy everyone would come from loopback (decision 9). */
export function isDirectLoopback(request: IncomingMessage): boolean {
  const isForwarded = Object.keys(request.headers).some(
    (name) => name === "forwarded" || name.startsWith("x-forwarded-"),
  );
  const peer = request.socket.remoteAddress ?? "";
  return !isForwarded && ipaddr.isValid(peer) && ipaddr.process(peer).range() === "loopback";
}

/** True for `http://localhost:3000` and its like. */
export function isLoopbackOrigin(origin: string): boolean {
  return LOOPBACK_NAMES.includes(new URL(origin).hostname);
}

function isTrusted(address: string, trusted: Network[]): boolean {
  return ipaddr.isValid(address) && ipaddr.subnetMatch(ipaddr.process(address), { trusted }, "foreign") === "trusted";
}

function networkOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  const parts = ipaddr.IPv6.parse(address).parts.slice(0, 4);
  return `${parts.map((part) => part.toString(16)).join(":")}::/64`;
}

let known: { interfaces: Interfaces; until: number } | undefined;

function currentInterfaces(): Interfaces {
  const now = performance.now();
  if (!known || known.until <= now) known = { interfaces: networkInterfaces(), until: now + FRESH };
  return known.interfaces;
}

const plain = (address: string) => (ipaddr.isValid(address) ? ipaddr.process(address).toString() : address);
const originOf = (host: string, port: number) => new URL(`http://${host}:${port}`).origin;
/** As URL writes it, which leaves out the usual port. */
const hostAt = (name: string, port: number) => (port === 80 ? name : `${name}:${port}`);
const hostOf = (origin: string) => new URL(origin).host;
