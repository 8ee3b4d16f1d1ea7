"use client";

import { useCallback, useEffect, useState } from "react";
import { isRefusal, type Refusal } from "#lib/chat/refusal.ts";
import { callApi } from "#lib/client/api.ts";

interface Loading<Answer> {
  /** Undefined until it is there. */
  answer: Answer | undefined;
  refusal: Refusal | undefined;
  /** Changes what is shown without asking again, after a change the server has accepted. */
  update(change: (answer: Answer) => Answer): void;
}

/** What `GET path` of the API answers, asked once when shown and again for another path. */
export function useAnswer<Answer>(path: `/api/${string}`): Loading<Answer> {
  const [answer, setAnswer] = useState<Answer>();
  const [refusal, setRefusal] = useState<Refusal>();
  useEffect(() => {
    let wanted = true;
    callApi<Answer>("GET", path).then(
      (loaded) => wanted && setAnswer(loaded),
      (error) => {
        if (!isRefusal(error)) throw error;
        if (wanted) setRefusal(error);
      },
    );
    return () => {
      wanted = false;
    };
  }, [path]);
  const update = useCallback((change: (answer: Answer) => Answer) => {
    setAnswer((now) => (now === undefined ? now : change(now)));
  }, []);
  return { answer, refusal, update };
}
