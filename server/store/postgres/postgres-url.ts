/**
 * Whether a text is an address of PostgreSQL that means what was meant. A password with `/`, `#` or `?` in it that was not escaped makes a host and a port of
 * what stands before the sign: such an address is refused, because its parts would be shown to people.
 */
export function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  if (!/^postgres(ql)?:$/.test(protocol)) return false;
  const [firstQuestion = ""] = search.split("=", 1);
  return hash === "" && !`${pathname}${firstQuestion}`.includes("@") && [username, password, pathname].every(canDecode);
}

function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
