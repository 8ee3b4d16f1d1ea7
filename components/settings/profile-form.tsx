"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { Input } from "#components/ui/input.tsx";
import { notify } from "#components/ui/notify.ts";
import { useForm } from "#components/ui/use-form.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import type { Me } from "#lib/chat/person.ts";
import { callApi } from "#lib/client/api.ts";

/** How others see one: the avatar follows the name while it is typed. */
export function ProfileForm({ me }: { me: Me }) {
  const { auth, settings, common } = useWholeCatalog();
  const words = settings.profile;
  const router = useRouter();
  const [name, setName] = useState(me.name);
  const wrongName = auth.wrong.name(LIMITS.personName);
  const form = useForm({
    check: (values) => ({ name: values.name?.trim() ? undefined : wrongName }),
    send: async (values) => {
      await callApi<Me>("PATCH", "/api/me", { name: values.name, title: values.title });
      notify(words.saved);
      router.refresh();
    },
    word: ({ field }) => {
      if (field === "name") return { name: wrongName };
      return field === "title" ? { title: words.wrongTitle(LIMITS.personTitle) } : undefined;
    },
  });
  return (
    <form {...form.props}>
      <div className="flex gap-5 max-sm:flex-col">
        <Avatar name={name.trim() || me.name} size="large" />
        <div className="min-w-0 flex-1">
          <Field label={words.name} error={form.errors.name}>
            {(control) => (
              <Input
                {...control}
                name="name"
                autoComplete="name"
                maxLength={LIMITS.personName}
                defaultValue={me.name}
                onChange={(event) => setName(event.target.value)}
                required
              />
            )}
          </Field>
          <ProfileDetails me={me} error={form.errors.title} />
          <FormError>{form.errors.form}</FormError>
          <Button {...form.submit} variant="primary">
            {common.save}
          </Button>
        </div>
      </div>
    </form>
  );
}

function ProfileDetails({ me, error }: { me: Me; error: string | undefined }) {
  const { profile: words } = useWholeCatalog().settings;
  return (
    <>
      <Field label={words.jobTitle} hint={words.jobTitleHint} error={error}>
        {(control) => (
          <Input
            {...control}
            name="title"
            autoComplete="organization-title"
            maxLength={LIMITS.personTitle}
            defaultValue={me.title}
          />
        )}
      </Field>
      <Field label={words.email} hint={words.emailHint}>
        {(control) => <Input {...control} type="email" value={me.email} readOnly className="bg-paper-sunken" />}
      </Field>
    </>
  );
}
