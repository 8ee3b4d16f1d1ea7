"use client";

import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { NewPasswordField } from "#components/ui/new-password-field.tsx";
import { notify } from "#components/ui/notify.ts";
import { useForm } from "#components/ui/use-form.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import type { Person } from "#lib/chat/person.ts";
import { callApi } from "#lib/client/api.ts";

interface SetPasswordDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  person: Person;
}

/** A new password for somebody who has forgotten theirs; what the sign-in page promises of admins. */
export function SetPasswordDialog({ open, onOpenChange, person }: SetPasswordDialogProps) {
  const words = useWholeCatalog().rooms.person.password;
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={words.title(person.name)} description={words.text}>
      <PasswordForm person={person} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function PasswordForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const { auth, common, rooms } = useWholeCatalog();
  const words = rooms.person.password;
  const wrong = { password: auth.wrong.password(LIMITS.password.least) };
  const form = useForm({
    check: ({ password = "" }) => (password.length >= LIMITS.password.least ? {} : wrong),
    send: async ({ password }) => {
      await callApi("POST", `/api/people/${person.id}/password`, { password });
      notify(words.done(person.name));
      onDone();
    },
    word: ({ field }) => (field === "password" ? wrong : undefined),
  });
  return (
    <form {...form.props} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        <NewPasswordField name="password" label={words.label} error={form.errors.password} />
        <FormError>{form.errors.form}</FormError>
      </DialogBody>
      <DialogFooter>
        <Button variant="quiet" onClick={onDone}>
          {common.cancel}
        </Button>
        <Button {...form.submit} variant="primary">
          {words.submit}
        </Button>
      </DialogFooter>
    </form>
  );
}
