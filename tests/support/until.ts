/** Waits for a condition instead of sleeping: polls until it returns something truthy, and says what it waited for when it never does. */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  timeout = 5_000,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const value = await condition();
    if (value) return value as NonNullable<T>;
    if (performance.now() > deadline) throw new Error(`Waited ${timeout} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
