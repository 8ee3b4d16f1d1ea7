const LONGEST = 200;

/** The library for RabbitMQ prefixes a refusal at login with the name of an operation, which there is none of. */
const NO_NAME = /^undefined: /;

/** What went wrong as one line for people, without the password of the URL, however an engine words it. */
export function reasonOf(error: unknown, url: URL): string {
  const line = innermost(error).replace(NO_NAME, "").replace(/\s+/g, " ").trim().slice(0, LONGEST);
  return withoutSecrets(line || "unknown reason", url);
}

/** Libraries wrap: an AggregateError of all addresses of a host has no message of its own, and a retry says only how often it tried. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { errors, cause } = error as AggregateError;
  const inner = Array.isArray(errors) ? errors.at(-1) : cause;
  const said = inner instanceof Error ? innermost(inner) : "";
  return said || error.message || error.name;
}

function withoutSecrets(line: string, { password }: URL): string {
  let clean = line;
  for (const secret of [password, decodeURIComponent(password)]) if (secret) clean = clean.replaceAll(secret, "…");
  return clean;
}
