import type { Metadata } from "next";
import { AppearanceForm } from "#components/settings/appearance-form.tsx";
import { runtime } from "#server/runtime.ts";
import { currentCatalog, requireActor } from "../../session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentCatalog()).settings.appearance.title };
}

export default async function AppearancePage() {
  const actor = await requireActor("/settings/appearance");
  const { settings } = await currentCatalog();
  const { preferences } = await runtime().chat.people.me(actor);
  return (
    <>
      <h1 className="mb-6 text-title font-bold tracking-tight">{settings.appearance.title}</h1>
      <AppearanceForm saved={preferences} />
    </>
  );
}
