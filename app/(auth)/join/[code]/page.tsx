import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { JoinForm } from "#components/auth/join-form.tsx";
import { runtime } from "#server/runtime.ts";
import { currentActor, currentCatalog } from "../../../session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentCatalog()).auth.join.submit };
}

/** Where an invite link leads. A bad one says nothing about this place, not even its name. */
export default async function JoinPage({ params }: { params: Promise<{ code: string }> }) {
  if (await currentActor()) redirect("/");
  const { code } = await params;
  const { auth } = await currentCatalog();
  if (!(await runtime().chat.invites.look(code))) {
    return (
      <AuthCard title={auth.join.goneTitle} text={auth.join.goneText}>
        <SignInLink text={auth.join.haveAccount} label={auth.join.signIn} />
      </AuthCard>
    );
  }
  const place = await runtime().chat.place.read();
  return (
    <AuthCard title={auth.join.title(place.name)} text={auth.join.text}>
      <JoinForm code={code} />
      <div className="mt-5">
        <SignInLink text={auth.join.haveAccount} label={auth.join.signIn} />
      </div>
    </AuthCard>
  );
}

function SignInLink({ text, label }: { text: string; label: string }) {
  return (
    <p className="text-small text-ink-soft">
      {text}{" "}
      <Link href="/sign-in" className="rounded-sm font-semibold text-celadon underline underline-offset-3">
        {label}
      </Link>
    </p>
  );
}
