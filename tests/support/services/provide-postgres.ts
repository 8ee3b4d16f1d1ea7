import type { TestProject } from "vitest/node";
import { startPostgres } from "./postgres.ts";

/** One PostgreSQL for all tests of a project, which open databases of their own in it. */
export default async function providePostgres(project: TestProject): Promise<() => Promise<void>> {
  const service = await startPostgres();
  project.provide("postgres", service.url);
  return () => service.stop();
}
