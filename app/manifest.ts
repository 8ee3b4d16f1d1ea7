import type { MetadataRoute } from "next";
import { runtime } from "#server/runtime.ts";
import { currentCatalog } from "./session.ts";

/** Makes the place installable, under its own name. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const { common } = await currentCatalog();
  const place = await runtime().chat.place.read();
  return {
    id: "/",
    name: place.name || common.product,
    short_name: place.name || common.product,
    start_url: "/",
    display: "standalone",
    background_color: "#faf9f5",
    theme_color: "#faf9f5",
    icons: [
      { src: "/icons/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
