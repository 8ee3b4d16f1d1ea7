import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  images: { unoptimized: true },
  experimental: { useTypeScriptCli: true },
};

export default config;
