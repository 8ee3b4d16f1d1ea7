/** Keeps a choice in a cookie for a year, so that pages before sign-in look and speak as chosen. app/session.ts reads it. */
export function keepInBrowser(name: "language" | "theme", value: string | null): void {
  const age = value === null ? 0 : 60 * 60 * 24 * 365;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs a secure context, and a place on a local network has none.
  document.cookie = `${name}=${value ?? ""}; path=/; max-age=${age}; samesite=lax`;
}
