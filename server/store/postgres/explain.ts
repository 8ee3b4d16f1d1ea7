import { isPassing, rootOf } from "./failures.ts";

/** Turns what PostgreSQL or the network says into one sentence for the person who starts the server. No password is in it. */
export function explain(error: unknown, url: string): Error {
  const { code = "", message } = rootOf(error);
  const [, file] = UNREADABLE.exec(message) ?? [];
  if (file) return new Error(`The file ${file} that DATABASE_URL names cannot be read; check it.`, { cause: error });
  const [, sentence] = SENTENCES.find(([pattern]) => pattern.test(`${code} ${message}`)) ?? [];
  if (sentence) return new Error(sentence(placeOf(url)), { cause: error });
  if (isPassing(error)) return new Error(unreachable(placeOf(url), message || code), { cause: error });
  return error as Error;
}

/** Where the database is, in words without the password. */
interface Place {
  server: string;
  user: string;
  database: string;
}

function placeOf(url: string): Place {
  const { host, username, pathname, searchParams } = new URL(url);
  const server = searchParams.get("host") ?? (host || "localhost");
  const user = decodeURIComponent(username) || searchParams.get("user") || "(none)";
  return { server, user, database: decodeURIComponent(pathname.slice(1)) || user };
}

const unreachable = ({ server }: Place, reason: string) =>
  `PostgreSQL at ${server} cannot be reached (${reason}); check that it runs and what DATABASE_URL says.`;

/** As Node says it of files, and never of sockets. */
const UNREADABLE = /^E[A-Z]+: .*, open '(.*)'$/;

const SENTENCES: [RegExp, (place: Place) => string][] = [
  [/^ECONNREFUSED/, (place) => unreachable(place, "nothing listens there")],
  [/^ENOENT/, (place) => unreachable(place, "there is no such socket")],
  [/^(ENOTFOUND|EAI_AGAIN)/, (place) => unreachable(place, "its name is not known")],
  [/^(ETIMEDOUT| timeout e)/, (place) => unreachable(place, "no answer in time")],
  [/^57P03/, (place) => unreachable(place, "it is starting or stopping")],
  [/^53100/, ({ server }) => `There is no space left on the disk of PostgreSQL at ${server}; make room there.`],
  [
    /^53300/,
    ({ server }) =>
      `PostgreSQL at ${server} has no connection left; end what holds them, or raise its max_connections.`,
  ],
  [
    /^(28|.*SASL|.*password must be a string)/,
    ({ server, user }) =>
      `PostgreSQL at ${server} does not let the user ${user} in; check the user and the password in DATABASE_URL.`,
  ],
  [
    /^3D000/,
    ({ server, user, database }) =>
      `PostgreSQL at ${server} has no database ${database}; make it with: createdb -O ${user} -E UTF8 -T template0 ${database}.`,
  ],
  [
    /^(42501|3F000)/,
    ({ user, database }) =>
      `The user ${user} may not create tables in the database ${database}; let it with: ALTER DATABASE ${database} OWNER TO ${user}, or GRANT CREATE ON SCHEMA public TO ${user}.`,
  ],
  [
    /^25006/,
    ({ server }) =>
      `PostgreSQL at ${server} takes no writes, as a standby or because default_transaction_read_only is on; name the primary in DATABASE_URL, or turn that off.`,
  ],
  [
    // Other programs keep their migrations in a table of that name as well.
    /^(42P07|42703)/,
    ({ database }) =>
      `The database ${database} has tables of another program with the same names; give Sarangbang a database of its own.`,
  ],
  [/^42P01/, ({ database }) => `The database ${database} lacks tables that were there; restore a backup.`],
  [
    /does not support SSL/,
    ({ server }) => `PostgreSQL at ${server} speaks no TLS; take sslmode out of DATABASE_URL, or turn ssl on there.`,
  ],
  [
    /CERT|certificate/,
    ({ server }) =>
      `The certificate of PostgreSQL at ${server} cannot be verified; name who signed it with sslrootcert=FILE in DATABASE_URL.`,
  ],
];
