/** Lets the first value of a key pass at once, then at most one a second: the newest, or all of them merged. */
export function onceASecond<Value>(
  pass: (key: string, value: Value) => void,
  { merge = (_old: Value, value: Value) => value, pause = 1_000 } = {},
): (key: string, value: Value) => void {
  const waiting = new Map<string, { value?: Value }>();

  function next(key: string): void {
    const { value } = waiting.get(key) ?? {};
    if (value === undefined) {
      waiting.delete(key);
      return;
    }
    waiting.set(key, {});
    setTimeout(next, pause, key).unref();
    pass(key, value);
  }

  return (key, value) => {
    const held = waiting.get(key);
    if (held) {
      held.value = held.value === undefined ? value : merge(held.value, value);
    } else {
      waiting.set(key, { value });
      next(key);
    }
  };
}
