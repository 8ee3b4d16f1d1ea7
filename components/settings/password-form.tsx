"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { NewPasswordField } from "#components/ui/new-password-field.tsx";
import { notify } from "#components/ui/notify.ts";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import { callApi } from "#lib/client/api.ts";

export function PasswordForm({ email }: { email: string }) {
  const [times, setTimes] = useState(0);
  // A changed password leaves an empty form behind.
  return <PasswordFields key={times} email={email} onChanged={() => setTimes(times + 1)} />;
}

function PasswordFields({ email, onChanged }: { email: string; onChanged: () => void }) {
  const { auth, settings } = useWholeCatalog();
  const words = settings.password;
  const wrongNext = auth.wrong.password(LIMITS.password.least);
  const form = useForm({
    check: ({ current, next = "" }) => ({
      current: current ? undefined : words.missing,
      next: next.length >= LIMITS.password.least ? undefined : wrongNext,
    }),
    send: async ({ current, next }) => {
      await callApi("POST", "/api/me/password", { current, next });
      notify(words.changed);
      onChanged();
    },
    word: ({ field }) => {
      if (field === "current") return { current: words.wrong };
      return field === "next" || field === "password" ? { next: wrongNext } : undefined;
    },
  });
  return (
    <form {...form.props} className="max-w-sm">
      {/* Tells password managers whose password this is. */}
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label={words.current} error={form.errors.current}>
        {(control) => <PasswordInput {...control} name="current" autoComplete="current-password" required />}
      </Field>
      <NewPasswordField name="next" label={words.next} error={form.errors.next} />
      <FormError>{form.errors.form}</FormError>
      <Button {...form.submit}>{words.submit}</Button>
    </form>
  );
}
