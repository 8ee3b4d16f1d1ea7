"use client";

import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { useLanguage } from "#components/ui/i18n-provider.tsx";
import { Input } from "#components/ui/input.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import { callApi } from "#lib/client/api.ts";
import { signIn } from "#lib/client/sign-in.ts";
import { AccountFields } from "./account-fields.tsx";
import { checkAccount, wordAccountRefusal } from "./check-account.ts";

/** The first run: names the place and makes its first admin, who is signed in at once. */
export function SetupForm({ codeNeeded }: { codeNeeded: boolean }) {
  const catalog = useWholeCatalog();
  const language = useLanguage();
  const { auth } = catalog;
  const form = useForm({
    check: (values) => ({
      placeName: values.placeName?.trim() ? undefined : auth.wrong.placeName(LIMITS.placeName),
      code: codeNeeded && !values.code?.trim() ? auth.wrong.codeMissing : undefined,
      ...checkAccount(catalog, values),
    }),
    send: async ({ placeName, name, email = "", password = "", code }) => {
      await callApi("POST", "/api/setup", { placeName, name, email, password, language, code: code?.trim() });
      await signIn(email, password);
      location.assign("/");
    },
    word: (refusal) =>
      refusal.code === "not-found" ? { form: auth.setup.closed } : wordAccountRefusal(catalog, refusal),
  });
  return (
    <form {...form.props}>
      <Field label={auth.setup.place} hint={auth.setup.placeHint} error={form.errors.placeName}>
        {(control) => <Input {...control} name="placeName" autoComplete="off" maxLength={LIMITS.placeName} required />}
      </Field>
      <fieldset className="mt-2 border-t border-line pt-6">
        <legend className="sr-only">{auth.setup.account}</legend>
        <AccountFields errors={form.errors} />
        {codeNeeded && (
          <Field label={auth.setup.code} hint={auth.setup.codeHint} error={form.errors.code}>
            {(control) => (
              <Input {...control} name="code" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} />
            )}
          </Field>
        )}
      </fieldset>
      <FormError>{form.errors.form}</FormError>
      <Button {...form.submit} variant="primary" size="large" className="w-full">
        {auth.setup.submit}
      </Button>
    </form>
  );
}
