import { expect, test } from "vitest";
import { ENGINES, type Engine } from "#tests/support/services/engines.ts";

/** Tests over one engine, in a file of its own, so that engines are waited for beside each other. */
export function over(name: Engine["name"], prove: (engine: Engine) => void): void {
  const engine = ENGINES.find((each) => each.name === name);
  if (engine) prove(engine);
  else
    test(`${name} is not installed here, and what needs it is proven in CI`, () => {
      expect(process.env.CI).toBeUndefined();
    });
}
