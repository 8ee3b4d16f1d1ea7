import { describe, expect, test } from "vitest";
import { Drafts } from "#lib/client/drafts.ts";

/** localStorage, which may be full. */
function storageOf(space = Number.POSITIVE_INFINITY) {
  const kept = new Map<string, string>();
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (n: number) => [...kept.keys()][n] ?? null,
    getItem: (name: string) => kept.get(name) ?? null,
    removeItem: (name: string) => void kept.delete(name),
    setItem: (name: string, value: string) => {
      if (value.length > space) throw new Error("QuotaExceededError");
      kept.set(name, value);
    },
  };
}

describe("drafts", () => {
  test("survive a reload, each in its room", () => {
    const storage = storageOf();
    const before = new Drafts("mina", storage);
    before.set("one", "안녕하");
    before.set("two", "회의는");
    const after = new Drafts("mina", storage);
    expect([after.get("one"), after.get("two"), after.get("three")]).toEqual(["안녕하", "회의는", ""]);
  });

  test("are nobody else's on the same machine, and go when 미나 signs out", () => {
    const storage = storageOf();
    const [hers, his] = [new Drafts("mina", storage), new Drafts("jun", storage)];
    hers.set("one", "비밀");
    his.set("one", "hello");
    expect(new Drafts("jun", storage).get("one")).toBe("hello");
    hers.wipe();
    expect([hers.get("one"), his.get("one")]).toEqual(["", "hello"]);
    expect([...storage.kept.values()]).toEqual(["hello"]);
  });

  test("leave nothing behind when they are emptied", () => {
    const storage = storageOf();
    const drafts = new Drafts("mina", storage);
    drafts.set("one", "안");
    drafts.set("one", "");
    expect(storage.kept.size).toBe(0);
  });

  test("stay for as long as the page lives where the browser keeps nothing", () => {
    for (const storage of [undefined, storageOf(0)]) {
      const drafts = new Drafts("mina", storage);
      drafts.set("one", "안녕");
      expect(drafts.get("one")).toBe("안녕");
    }
  });
});
