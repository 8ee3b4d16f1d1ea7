"use client";

import { LIMITS } from "#lib/chat/limits.ts";
import { Field } from "./field.tsx";
import { PasswordInput } from "./password-input.tsx";
import { useWholeCatalog } from "./use-whole-catalog.ts";

/** A password that is being chosen; says how long it has to be. */
export function NewPasswordField({ name, label, error }: { name: string; label: string; error?: string }) {
  const { auth } = useWholeCatalog();
  return (
    <Field label={label} hint={auth.passwordHint(LIMITS.password.least)} error={error}>
      {(control) => (
        <PasswordInput {...control} name={name} autoComplete="new-password" maxLength={LIMITS.password.most} required />
      )}
    </Field>
  );
}
