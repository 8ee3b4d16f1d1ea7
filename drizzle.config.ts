import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./server/store/sqlite.ts",
  out: "./drizzle/sqlite",
});
