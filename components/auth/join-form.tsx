"use client";

import { Button } from "#components/ui/button.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import { callApi } from "#lib/client/api.ts";
import { signIn } from "#lib/client/sign-in.ts";
import { AccountFields } from "./account-fields.tsx";
import { checkAccount, wordAccountRefusal } from "./check-account.ts";

/** A new account by invite link, signed in at once. */
export function JoinForm({ code }: { code: string }) {
  const catalog = useWholeCatalog();
  const { auth } = catalog;
  const form = useForm({
    check: (values) => checkAccount(catalog, values),
    send: async ({ name, email = "", password = "" }) => {
      await callApi("POST", `/api/join/${encodeURIComponent(code)}`, { name, email, password });
      await signIn(email, password);
      location.assign("/");
    },
    word: (refusal) =>
      refusal.code === "not-found" ? { form: auth.join.goneText } : wordAccountRefusal(catalog, refusal),
  });
  return (
    <form {...form.props}>
      <AccountFields errors={form.errors} />
      <FormError>{form.errors.form}</FormError>
      <Button {...form.submit} variant="primary" size="large" className="w-full">
        {auth.join.submit}
      </Button>
    </form>
  );
}
