"use client";

import { Button } from "#components/ui/button.tsx";
import { useLanguage } from "#components/ui/i18n-provider.tsx";
import { notify } from "#components/ui/notify.ts";
import { useAct } from "#components/ui/use-act.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Invite } from "#lib/chat/invite.ts";
import type { Language } from "#lib/chat/person.ts";
import { callApi } from "#lib/client/api.ts";

interface InviteListProps {
  invites: readonly Invite[];
  /** The code of the one that stands above. */
  shown: string;
  onShow: (code: string) => void;
  onGone: (code: string) => void;
}

/** The links that still work, and what is left of each. */
export function InviteList({ invites, shown, onShow, onGone }: InviteListProps) {
  const { invite: words } = useWholeCatalog().rooms;
  const language = useLanguage();
  const { busy, act } = useAct();
  const revoke = (code: string) =>
    act(code, async () => {
      await callApi("DELETE", `/api/invites/${code}`);
      onGone(code);
      notify(words.revoked);
    });
  return (
    <section className="mt-6">
      <h3 className="text-tiny font-semibold text-ink-soft">{words.others}</h3>
      <ul className="mt-1 divide-y divide-line">
        {invites.map(({ code, expiresAt, uses, maxUses }) => (
          <li key={code} className="flex min-h-12 items-center gap-2 py-1.5">
            <div className="min-w-0 flex-1 text-small">
              <p className="font-medium">{expiresAt ? words.until(formatDay(expiresAt, language)) : words.noEnd}</p>
              <p className="text-ink-soft">{words.used(uses, maxUses)}</p>
            </div>
            {code !== shown && (
              <Button size="small" variant="quiet" onClick={() => onShow(code)}>
                {words.show}
              </Button>
            )}
            <Button size="small" busy={busy === code} onClick={() => revoke(code)}>
              {words.revoke}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

// The year only when it is another.
function formatDay(time: string, language: Language): string {
  const date = new Date(time);
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  const form = { year, month: "long", day: "numeric", hour: "numeric", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(language, form).format(date);
}
