import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { brokerUrl } from "./relay/broker-url.ts";
import { isPostgresUrl } from "./store/postgres/postgres-url.ts";

/** One environment variable: the README's table and .env.example are checked against this list. */
export interface Setting {
  name: string;
  /** Used when the variable is unset or empty; "" is none. */
  default: string;
  /** What the table says instead, where the default is no fixed value. */
  defaultInWords?: string;
  meaning: string;
  /** What a good value is, in words that end the sentence "expected …". */
  expected: string;
  /** Never shown in a complaint about it. */
  secret?: boolean;
  schema: z.ZodType;
}

const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const HOST_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));

const host = z.string().refine((value) => isIP(value) !== 0 || HOST_NAME.test(value));

const origin = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isBare = url && url.pathname === "/" && !url.search && !url.hash && !url.username;
  if (isBare && ["http:", "https:"].includes(url.protocol)) return url.origin;
  context.addIssue("not an origin");
  return z.NEVER;
});

const proxies = z.string().transform((value, context) => {
  const ranges = value.split(",").map((range) => range.trim());
  if (ranges.every((range) => ipaddr.isValid(range) || ipaddr.isValidCIDR(range))) return ranges.map(networkOf);
  context.addIssue("not a list of addresses");
  return z.NEVER;
});

/** An address range: its base and how many bits of it count. */
export type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

function networkOf(range: string): Network {
  if (ipaddr.isValidCIDR(range)) return ipaddr.parseCIDR(range);
  const address = ipaddr.process(range);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

const database = z.string().transform((value, context) => {
  if (isPostgresUrl(value)) return value;
  context.addIssue("not an address of PostgreSQL");
  return z.NEVER;
});

/** Undefined is one server, as when it is empty. */
const broker = z.string().transform((value, context) => {
  if (value === "memory:") return undefined;
  try {
    return brokerUrl(value);
  } catch {
    context.addIssue("not an address of a broker");
    return z.NEVER;
  }
});

function limit(name: string, value: number, meaning: string, [least, most]: [number, number]): Setting {
  return {
    name,
    default: String(value),
    meaning,
    expected: `a whole number from ${least} to ${most}`,
    schema: whole(least, most),
  };
}

function provider(name: string, label: string): Setting[] {
  const schema = z.string().trim().min(1);
  const expected = "the value from the provider's console";
  return [
    {
      name: `${name}_CLIENT_ID`,
      default: "",
      meaning: `Sign-in with ${label}: the client id. Its callback address is ORIGIN/api/auth/callback/${name.toLowerCase()}.`,
      expected,
      schema,
    },
    {
      name: `${name}_CLIENT_SECRET`,
      default: "",
      meaning: `Sign-in with ${label}: the client secret.`,
      expected,
      secret: true,
      schema,
    },
  ];
}

/** Every setting there is, in the order of the table. */
export const SETTINGS: readonly Setting[] = [
  {
    name: "HOST",
    default: "127.0.0.1",
    meaning: "Address to listen on. `0.0.0.0` lets the local network in.",
    expected: "an IP address or a host name such as 127.0.0.1 or 0.0.0.0",
    schema: host,
  },
  {
    name: "PORT",
    default: "3000",
    meaning: "Port to listen on.",
    expected: "a whole number from 1 to 65535",
    schema: whole(1, 65_535),
  },
  {
    name: "ORIGIN",
    default: "",
    defaultInWords: "http://localhost:PORT",
    meaning:
      "The address people type, when it is another: behind a proxy or with a domain name. Requests for other hosts are answered 421.",
    expected: "an address without a path, such as https://chat.example.com",
    schema: origin,
  },
  {
    name: "DATA_DIR",
    default: "data",
    meaning:
      "Folder of SQLite's database and the secret, relative to the project's folder. Not used with DATABASE_URL.",
    expected: "a folder",
    schema: z.string().refine((value) => !value.includes("\0")),
  },
  {
    name: "DATABASE_URL",
    default: "",
    meaning:
      "Empty: SQLite in DATA_DIR. Or PostgreSQL, 14 or newer, which several servers can share: `postgres://user:password@host/database`.",
    expected:
      "the address of a PostgreSQL database, such as postgres://user:password@host:5432/database (special characters of the password as %40 for @ and so on), or left empty for SQLite",
    secret: true,
    schema: database,
  },
  {
    name: "BROKER_URL",
    default: "memory:",
    meaning:
      "`memory:`: one server. Several servers on one DATABASE_URL tell each other through RabbitMQ (`amqp://user:password@host/vhost`), ActiveMQ or Artemis (`stomp://user:password@host`) or Kafka (`kafka://host,host/topic`); `amqps:`, `stomps:` and `kafkas:` are the same with TLS.",
    expected:
      "memory:, or an address that begins with amqp://, stomp:// or kafka://, or with TLS amqps://, stomps:// or kafkas://",
    secret: true,
    schema: broker,
  },
  {
    name: "AUTH_SECRET",
    default: "",
    defaultInWords: "made once, kept in DATA_DIR/secret or in PostgreSQL",
    meaning: "Encrypts session cookies. Changing it signs everybody out.",
    expected: "at least 32 characters",
    secret: true,
    schema: z.string().min(32),
  },
  {
    name: "LOG_LEVEL",
    default: "info",
    meaning: "How much is logged: fatal, error, warn, info, debug, trace or silent.",
    expected: `one of ${LEVELS.join(", ")}`,
    schema: z.enum(LEVELS),
  },
  {
    name: "TRUSTED_PROXIES",
    default: "",
    meaning: "Addresses and ranges of reverse proxies whose X-Forwarded-For is believed, separated by commas.",
    expected: "IP addresses or ranges separated by commas, such as 127.0.0.1, 10.0.0.0/8",
    schema: proxies,
  },
  limit("SEND_RATE", 2, "Frames one person may SEND a second for long, over all connections.", [1, 100_000]),
  limit("SEND_BURST", 20, "Frames one person may SEND at once.", [1, 1_000_000]),
  limit("SUBSCRIBE_RATE", 20, "SUBSCRIBEs of one person a second for long, over all connections.", [1, 100_000]),
  limit("SUBSCRIBE_BURST", 600, "SUBSCRIBEs of one person at once.", [1, 1_000_000]),
  limit(
    "WRITE_RATE",
    2,
    "HTTP requests of one person a second for long that change something (of one address, for those without an account).",
    [1, 100_000],
  ),
  limit("WRITE_BURST", 120, "Such requests at once.", [1, 1_000_000]),
  limit(
    "READ_RATE",
    20,
    "HTTP requests of one person a second for long that change nothing, pages of history among them.",
    [1, 100_000],
  ),
  limit("READ_BURST", 400, "Such requests at once.", [1, 1_000_000]),
  limit("MAX_CONNECTIONS_PER_USER", 30, "STOMP connections of one person at once.", [1, 1_000_000]),
  limit("MAX_CONNECTIONS_PER_ADDRESS", 500, "STOMP connections from one address at once.", [1, 1_000_000]),
  limit("MAX_SUBSCRIPTIONS", 100, "Subscriptions of one connection.", [1, 100_000]),
  limit("MAX_FRAME_BYTES", 65_536, "Bytes of one frame.", [1_024, 16_777_216]),
  limit(
    "MAX_FRAME_BYTES_BEFORE_CONNECT",
    8_192,
    "Bytes of one frame before the connection is authenticated.",
    [256, 1_048_576],
  ),
  limit("MAX_HEADERS", 32, "Headers of one frame.", [8, 1_024]),
  limit("MAX_HEADER_BYTES", 1_024, "Bytes of one header.", [64, 65_536]),
  limit("CONNECT_TIMEOUT", 10_000, "Milliseconds within which CONNECT must arrive.", [100, 600_000]),
  limit(
    "EPHEMERAL_HIGH_WATER",
    262_144,
    "Bytes waiting for a slow connection above which typing and presence are dropped.",
    [1_024, 1_073_741_824],
  ),
  limit(
    "CLOSE_HIGH_WATER",
    1_048_576,
    "Bytes waiting for a slow connection above which it is closed.",
    [65_536, 1_073_741_824],
  ),
  limit(
    "STALL_TIMEOUT",
    10_000,
    "Milliseconds without progress after which a slow connection is closed.",
    [100, 600_000],
  ),
  limit("HEART_BEAT_SEND", 15_000, "Milliseconds between the server's heart-beats.", [0, 600_000]),
  limit(
    "HEART_BEAT_RECEIVE",
    30_000,
    "Milliseconds between heart-beats the server asks of clients; three times as long is allowed.",
    [0, 600_000],
  ),
  ...provider("GITHUB", "GitHub"),
  ...provider("GOOGLE", "Google"),
  ...provider("KAKAO", "Kakao"),
  ...provider("NAVER", "Naver"),
];
