"use client";

import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import { signIn } from "#lib/client/sign-in.ts";
import { EmailField } from "./account-fields.tsx";
import { looksLikeEmail } from "./check-account.ts";
import { wordSignInError } from "./word-sign-in-error.ts";

/** Address and password; `next` is a path of this site to go on to, `failed` why the way tried before did not lead in. */
export function SignInForm({ next, failed }: { next: string; failed?: string }) {
  const catalog = useWholeCatalog();
  const { auth } = catalog;
  const form = useForm({
    check: ({ email = "", password }) => ({
      email: looksLikeEmail(email) ? undefined : auth.wrong.email,
      password: password ? undefined : auth.wrong.passwordMissing,
    }),
    send: async ({ email = "", password = "" }) => {
      await signIn(email, password);
      location.assign(next);
    },
    word: (refusal) => (refusal.code === "unauthenticated" ? { form: auth.signIn.wrong } : undefined),
  });
  return (
    <form {...form.props}>
      <EmailField error={form.errors.email} />
      <Field label={auth.password} error={form.errors.password}>
        {(control) => (
          <PasswordInput
            {...control}
            name="password"
            autoComplete="current-password"
            maxLength={LIMITS.password.most}
            required
          />
        )}
      </Field>
      <FormError>{form.errors.form ?? (failed === undefined ? undefined : wordSignInError(catalog, failed))}</FormError>
      <Button {...form.submit} variant="primary" size="large" className="w-full">
        {auth.signIn.submit}
      </Button>
    </form>
  );
}
