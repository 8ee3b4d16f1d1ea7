import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { ProviderButtons } from "#components/auth/provider-buttons.tsx";
import { SignInForm } from "#components/auth/sign-in-form.tsx";
import { sameSitePath } from "#lib/text/same-site-path.ts";
import { runtime } from "#server/runtime.ts";
import { currentActor, currentCatalog } from "../../session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentCatalog()).auth.signIn.title };
}

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { next: asked, error } = await searchParams;
  const next = sameSitePath(typeof asked === "string" ? asked : undefined);
  if (await currentActor()) redirect(next);
  const { auth } = await currentCatalog();
  const place = await runtime().chat.place.read();
  if (!place.claimed) redirect("/setup");
  return (
    <AuthCard title={auth.signIn.title} text={auth.signIn.welcome(place.name)}>
      <SignInForm next={next} failed={[error].flat()[0]} />
      <ProviderButtons providers={runtime().config.providers} next={next} />
      <p className="mt-5 text-small text-ink-soft">{auth.signIn.forgotten}</p>
    </AuthCard>
  );
}
