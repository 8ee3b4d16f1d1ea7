import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { currentCatalog } from "./session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentCatalog()).common.notFound.title };
}

/** The same words for what does not exist and for what one may not see. */
export default async function NotFound() {
  const { notFound } = (await currentCatalog()).common;
  return (
    <main className="grid min-h-dvh place-items-center bg-paper">
      <Empty heading="h1" title={notFound.title} text={notFound.text}>
        <Link href="/" className={buttonClass("primary")}>
          {notFound.home}
        </Link>
      </Empty>
    </main>
  );
}
