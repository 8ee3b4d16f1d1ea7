import type { Metadata } from "next";
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
        {/* No Link: this page comes along with every other, and a first load of a room would carry Link's code for it. */}
        <a href="/" className={buttonClass("primary")}>
          {notFound.home}
        </a>
      </Empty>
    </main>
  );
}
