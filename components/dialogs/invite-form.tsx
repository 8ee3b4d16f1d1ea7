"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { Select } from "#components/ui/select.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { CreateInvite, Invite } from "#lib/chat/invite.ts";
import { callApi } from "#lib/client/api.ts";

const HOURS = { day: 24, week: 24 * 7, month: 24 * 30, never: null };
const USES = { one: 1, ten: 10, any: null };
type Expiry = keyof typeof HOURS;
type Uses = keyof typeof USES;

/** How long a new link lasts and for how many. */
export function InviteForm({ onMade, onCancel }: { onMade: (invite: Invite) => void; onCancel?: () => void }) {
  const { rooms, common } = useWholeCatalog();
  const words = rooms.invite;
  const [expiry, setExpiry] = useState<Expiry>("week");
  const [uses, setUses] = useState<Uses>("any");
  const form = useForm({
    send: async () => {
      const body: CreateInvite = { expiresInHours: HOURS[expiry], maxUses: USES[uses] };
      onMade(await callApi<Invite>("POST", "/api/invites", body));
    },
  });
  return (
    <form {...form.props}>
      <div className="grid grid-cols-2 gap-3">
        <Field label={words.expiry}>
          {(control) => (
            <Select {...control} value={expiry} onValueChange={setExpiry} options={optionsOf(words.expiries)} />
          )}
        </Field>
        <Field label={words.uses}>
          {(control) => (
            <Select {...control} value={uses} onValueChange={setUses} options={optionsOf(words.useCounts)} />
          )}
        </Field>
      </div>
      <FormError>{form.errors.form}</FormError>
      <div className="flex justify-end gap-2">
        {onCancel && (
          <Button variant="quiet" onClick={onCancel}>
            {common.cancel}
          </Button>
        )}
        <Button {...form.submit} variant="primary">
          {words.create}
        </Button>
      </div>
    </form>
  );
}

function optionsOf<Value extends string>(labels: Record<Value, string>): { value: Value; label: string }[] {
  return (Object.keys(labels) as Value[]).map((value) => ({ value, label: labels[value] }));
}
