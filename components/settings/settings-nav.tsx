"use client";

import { ArrowLeft, Palette, User } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";

/** The pages of the settings: beside them on wide screens, above them on phones. */
export function SettingsNav() {
  const { settings } = useWholeCatalog();
  const path = usePathname();
  const pages = [
    { href: "/settings/profile", label: settings.profile.title, icon: <User size={18} aria-hidden="true" /> },
    { href: "/settings/appearance", label: settings.appearance.title, icon: <Palette size={18} aria-hidden="true" /> },
  ];
  return (
    <nav
      aria-label={settings.title}
      className="border-line bg-paper-sunken max-md:border-b max-md:pt-[env(safe-area-inset-top)] md:sticky md:top-0 md:h-dvh md:border-e md:p-3"
    >
      <Link
        href="/"
        className="flex min-h-11 items-center gap-2 rounded-md px-4 font-semibold text-ink-soft hover:text-ink md:px-2"
      >
        <ArrowLeft size={18} aria-hidden="true" />
        {settings.back}
      </Link>
      <div className="flex gap-1 px-3 pb-2 md:mt-3 md:flex-col md:px-0 md:pb-0">
        {pages.map(({ href, label, icon }) => (
          <Link
            key={href}
            href={href}
            aria-current={path === href ? "page" : undefined}
            className="relative flex min-h-10 items-center gap-2.5 rounded-md px-3 text-ink-soft hover:bg-hover aria-[current]:bg-celadon-tint aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:before:absolute aria-[current]:before:inset-y-2 aria-[current]:before:start-1 aria-[current]:before:w-0.75 aria-[current]:before:rounded-full aria-[current]:before:bg-celadon"
          >
            {icon}
            {label}
          </Link>
        ))}
      </div>
    </nav>
  );
}
