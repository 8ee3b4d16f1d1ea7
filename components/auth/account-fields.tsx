"use client";

import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { NewPasswordField } from "#components/ui/new-password-field.tsx";
import type { FormErrors } from "#components/ui/use-form.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import { LIMITS } from "#lib/chat/limits.ts";

/** Name, address and password of a new account. */
export function AccountFields({ errors }: { errors: FormErrors }) {
  const { auth } = useWholeCatalog();
  return (
    <>
      <Field label={auth.name} hint={auth.nameHint} error={errors.name}>
        {(control) => <Input {...control} name="name" autoComplete="name" maxLength={LIMITS.personName} required />}
      </Field>
      <EmailField error={errors.email} />
      <NewPasswordField name="password" label={auth.password} error={errors.password} />
    </>
  );
}

export function EmailField({ error, initial }: { error?: string; initial?: string }) {
  const { auth } = useWholeCatalog();
  return (
    <Field label={auth.email} error={error}>
      {(control) => (
        <Input
          {...control}
          name="email"
          type="email"
          inputMode="email"
          // Password managers look for a user name beside the password.
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          defaultValue={initial}
          required
        />
      )}
    </Field>
  );
}
