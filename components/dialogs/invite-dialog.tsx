"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogBody } from "#components/ui/dialog.tsx";
import { useAnswer } from "#components/ui/use-answer.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Invite } from "#lib/chat/invite.ts";
import { wordRefusal } from "#lib/i18n/word-refusal.ts";
import { InviteForm } from "./invite-form.tsx";
import { InviteLink } from "./invite-link.tsx";
import { InviteList } from "./invite-list.tsx";
import { PeopleSkeleton } from "./people-skeleton.tsx";

interface InviteDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Where this place can be reached: `runtime().config.addresses`. */
  addresses: readonly string[];
}

/** Links that let people in: make one, show it with its QR code, withdraw it. For admins. */
export function InviteDialog({ open, onOpenChange, addresses }: InviteDialogProps) {
  const { invite } = useWholeCatalog().rooms;
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={invite.title} description={invite.text}>
      <DialogBody>
        <Invites addresses={addresses} />
      </DialogBody>
    </Dialog>
  );
}

function Invites({ addresses }: { addresses: readonly string[] }) {
  const catalog = useWholeCatalog();
  const { invite: words } = catalog.rooms;
  const { answer, refusal, update } = useAnswer<{ invites: Invite[] }>("/api/invites");
  const [chosen, setChosen] = useState<string>();
  const [isMaking, setMaking] = useState(false);
  if (refusal) {
    return (
      <p className="text-ink-soft">{refusal.code === "forbidden" ? words.adminsOnly : wordRefusal(catalog, refusal)}</p>
    );
  }
  if (!answer) return <PeopleSkeleton />;

  const shown = answer.invites.find((invite) => invite.code === chosen) ?? answer.invites[0];
  const made = (invite: Invite) => {
    update(({ invites }) => ({ invites: [invite, ...invites] }));
    setChosen(invite.code);
    setMaking(false);
  };
  const gone = (code: string) =>
    update(({ invites }) => ({ invites: invites.filter((invite) => invite.code !== code) }));

  if (isMaking || !shown) return <InviteForm onMade={made} onCancel={shown && (() => setMaking(false))} />;
  return (
    <>
      <InviteLink invite={shown} addresses={addresses} />
      <InviteList invites={answer.invites} shown={shown.code} onShow={setChosen} onGone={gone} />
      <Button className="mt-3 w-full" onClick={() => setMaking(true)}>
        {words.another}
      </Button>
    </>
  );
}
