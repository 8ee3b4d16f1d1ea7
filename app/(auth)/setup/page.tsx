import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SetupForm } from "#components/auth/setup-form.tsx";
import { runtime } from "#server/runtime.ts";
import { currentCatalog } from "../../session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentCatalog()).auth.setup.title };
}

/** The first run. It closes behind the first admin. */
export default async function SetupPage() {
  const { auth } = await currentCatalog();
  const place = await runtime().chat.place.read();
  if (place.claimed) redirect("/");
  return (
    <AuthCard title={auth.setup.title} text={auth.setup.text}>
      <SetupForm codeNeeded={runtime().auth.setupCodeNeeded} />
    </AuthCard>
  );
}
