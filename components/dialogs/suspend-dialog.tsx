"use client";

import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogFooter } from "#components/ui/dialog.tsx";
import { notify } from "#components/ui/notify.ts";
import { useAct } from "#components/ui/use-act.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Person } from "#lib/chat/person.ts";
import { callApi } from "#lib/client/api.ts";

interface SuspendDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  person: Person;
}

/** Asks before somebody is kept out: it takes effect on all of their devices at once. */
export function SuspendDialog({ open, onOpenChange, person }: SuspendDialogProps) {
  const { common, rooms } = useWholeCatalog();
  const words = rooms.person.suspension;
  const { busy, act } = useAct();
  const suspend = () =>
    act("suspend", async () => {
      await callApi("PATCH", `/api/people/${person.id}`, { suspended: true });
      notify(words.done(person.name));
      onOpenChange(false);
    });
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={words.title(person.name)} description={words.text}>
      <DialogFooter>
        <Button variant="quiet" onClick={() => onOpenChange(false)}>
          {common.cancel}
        </Button>
        <Button variant="danger" busy={busy !== undefined} onClick={suspend}>
          {words.submit}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
