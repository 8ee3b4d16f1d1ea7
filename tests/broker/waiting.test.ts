import fc from "fast-check";
import { expect, test } from "vitest";
import type { Item } from "#server/broker/queue.ts";
import { Waiting } from "#server/broker/waiting.ts";
import { message } from "./consumer.ts";

/** A `Waiting`, and beside it the plainest thing that does the same: a list that is searched for its lowest place. */
class Twins {
  readonly waiting = new Waiting();
  #inside: number[] = [];
  #taken: Item[] = [];
  #places = 0;

  add(): void {
    this.#places += 1;
    this.#inside.push(this.#places);
    const about = { delivery: message(`${this.#places}`), size: 0, isRedelivered: false, failures: 0 };
    this.waiting.add({ ...about, place: this.#places });
  }

  take(): void {
    const next = this.waiting.take();
    expect(next?.place).toBe(this.#inside.length === 0 ? undefined : Math.min(...this.#inside));
    this.#inside = this.#inside.filter((place) => place !== next?.place);
    if (next) this.#taken.push(next);
  }

  giveBack(which: number): void {
    for (const item of this.#taken.splice(which % (this.#taken.length || 1), 1)) {
      this.waiting.giveBack(item);
      this.#inside.push(item.place);
    }
  }

  agree(): void {
    expect(this.waiting.length).toBe(this.#inside.length);
  }
}

test("whoever takes next gets the lowest place, whatever came back and in which order", () => {
  const step = fc.oneof(fc.constant("add" as const), fc.constant("take" as const), fc.nat());
  const steps = fc.array(step, { minLength: 50, maxLength: 300 });
  fc.assert(
    fc.property(steps, (course) => {
      const twins = new Twins();
      for (const one of course) {
        if (typeof one === "number") twins.giveBack(one);
        else twins[one]();
        twins.agree();
      }
    }),
  );
});
