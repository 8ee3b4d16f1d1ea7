import "pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { I18nProvider } from "#components/ui/i18n-provider.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import { Tooltips } from "#components/ui/tooltips.tsx";
import { runtime } from "#server/runtime.ts";
import { currentActor, currentCatalog, currentLanguage, currentMe, currentTheme } from "./session.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { common } = await currentCatalog();
  await currentActor();
  const place = await runtime().chat.place.read();
  const name = place.name || common.product;
  return {
    title: { default: name, template: `%s · ${name}` },
    applicationName: name,
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf9f5" },
    { media: "(prefers-color-scheme: dark)", color: "#14161b" },
  ],
};

/** Language, theme and density stand in the first byte of HTML, so nothing flashes and nothing moves. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [language, theme, me] = await Promise.all([currentLanguage(), currentTheme(), currentMe()]);
  return (
    <html lang={language} data-theme={theme} data-density={me?.preferences.density ?? "comfortable"}>
      <body>
        <I18nProvider language={language}>
          {children}
          <Tooltips />
          <Toaster />
        </I18nProvider>
      </body>
    </html>
  );
}
