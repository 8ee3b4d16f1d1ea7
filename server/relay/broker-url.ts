import { readFileSync } from "node:fs";
import { isIP } from "node:net";

const SCHEMES = ["amqp", "amqps", "stomp", "stomps", "kafka", "kafkas"];

/**
 * BROKER_URL as the relays take it. Kafka's list of hosts, each with its port (`kafka://a:9092,b:9092/topic`), is no URL to Node, so the list
 * is escaped; `brokersOf` reads them again. Throws an Error whose message is one clause for people, without the address.
 */
export function brokerUrl(text: string): URL {
  const [, scheme = "", credentials = "", hosts = "", rest = ""] = PARTS.exec(text.trim()) ?? [];
  if (!SCHEMES.includes(scheme)) throw new Error(`its scheme is none of ${SCHEMES.join(", ")}`);
  const known = scheme.startsWith("kafka") ? encodeURIComponent(hosts) : hosts;
  const [path = ""] = rest.split("=", 1);
  let url: URL;
  try {
    // Of a password with one of /?# in it, the rest of the address is told to people as a host, a path or a name.
    if (/[@#]/.test(path)) throw new Error("not escaped");
    url = new URL(`${scheme}://${credentials}${known}${rest}`);
    for (const part of [url.username, url.password, url.pathname]) decodeURIComponent(part);
  } catch (cause) {
    throw new Error("it is no URL; special characters of a password are written as %40 for @ and so on", { cause });
  }
  if (url.hostname === "") throw new Error("it names no host");
  return url;
}

const PARTS = /^([a-z]+):\/\/([^/?#]*@)?([^/?#]*)(.*)$/s;

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The host and port of an URL with a single one. */
export function addressOf(url: URL, usualPort: number): Address {
  // Node keeps the brackets of IPv6, connect() wants none.
  return { host: url.hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(url.port) || usualPort };
}

/** All brokers that a Kafka URL lists. */
export function brokersOf(url: URL, usualPort: number): Address[] {
  return decodeURIComponent(url.host)
    .split(",")
    .filter(Boolean)
    .map((broker) => {
      const [, host = broker, port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(broker) ?? [];
      return { host, port: Number(port) || usualPort };
    });
}

/** Login and password, where the URL carries them. */
export function credentialsOf(url: URL): { login: string; password: string } | undefined {
  if (url.username === "") return undefined;
  return { login: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
}

/** The first part of the path: a virtual host, a topic, a prefix. */
export function pathOf(url: URL): string {
  return decodeURIComponent(url.pathname.split("/")[1] ?? "");
}

/** What tls.connect is told. */
export interface Tls {
  readonly ca?: Buffer;
  readonly servername?: string;
}

/** Undefined without TLS. `?ca=FILE` is trusted instead of the well-known authorities; what NODE_EXTRA_CA_CERTS names is trusted beside them. */
export function tlsOf(url: URL): Tls | undefined {
  if (!url.protocol.endsWith("s:")) return undefined;
  const file = url.searchParams.get("ca");
  // A server is asked for by name, and an address is none (RFC 6066, 3).
  const { host } = addressOf(url, 0);
  const named = isIP(host) === 0 ? { servername: host } : {};
  return file ? { ...named, ca: contentOf(file) } : named;
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Error(`The file ${file} that BROKER_URL names as ca cannot be read: ${(cause as Error).message}.`, {
      cause,
    });
  }
}
