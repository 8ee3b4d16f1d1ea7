import type { Committed } from "./committed.ts";

export interface InOrder {
  tell(committed: Committed): void;
  /** The highest change that was told. */
  last(): number;
  begin(last: number): void;
  listen(listener: (committed: Committed) => void): void;
}

/** The writer tells its own changes, and the poll may have told them before it: each is handed over once. */
export function inOrder(): InOrder {
  let listener: (committed: Committed) => void = () => {};
  let last = 0;
  return {
    tell({ changes, effects }) {
      const news = changes.filter((change) => change.n > last);
      last = news.at(-1)?.n ?? last;
      if (news.length > 0 || effects.length > 0) listener({ changes: news, effects });
    },
    last: () => last,
    begin(n) {
      last = n;
    },
    listen(next) {
      listener = next;
    },
  };
}
