import type { BrowserContext } from "@playwright/test";

/** Collects what must never happen on any page of this context: broken Content-Security-Policy, uncaught errors, errors of React's on the console. */
export function watchPage(context: BrowserContext): string[] {
  const offences: string[] = [];
  context.on("weberror", (error) => offences.push(`uncaught: ${error.error().message}`));
  context.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !isExpected(text)) offences.push(`console: ${text}`);
  });
  return offences;
}

// Chromium itself reports answers of 4xx and lost connections; tests that provoke them look at what the page does.
function isExpected(text: string): boolean {
  return text.startsWith("Failed to load resource") || /^WebSocket connection to .* failed/.test(text);
}
