import type { Metadata } from "next";
import { PasswordForm } from "#components/settings/password-form.tsx";
import { PlainHttpNote } from "#components/settings/plain-http-note.tsx";
import { ProfileForm } from "#components/settings/profile-form.tsx";
import { SettingsSection } from "#components/settings/settings-section.tsx";
import { SignOutButton } from "#components/settings/sign-out-button.tsx";
import { runtime } from "#server/runtime.ts";
import { currentCatalog, requireActor } from "../../session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentCatalog()).settings.profile.title };
}

export default async function ProfilePage() {
  const actor = await requireActor("/settings/profile");
  const { settings } = await currentCatalog();
  const me = await runtime().chat.people.me(actor);
  return (
    <>
      <h1 className="mb-6 text-title font-bold tracking-tight">{settings.profile.title}</h1>
      <ProfileForm me={me} />
      <SettingsSection title={settings.password.title} text={settings.password.text}>
        <PasswordForm email={me.email} />
      </SettingsSection>
      <SettingsSection title={settings.signOut.title} text={settings.signOut.text}>
        <SignOutButton user={me.id} />
      </SettingsSection>
      <PlainHttpNote />
    </>
  );
}
