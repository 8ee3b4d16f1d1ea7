import { query } from "./postgres.ts";
import type { Service } from "./service.ts";

/** PostgreSQL goes on to take connections, as far as the system does so for it, and neither answers nor ends one. Returns what lets it speak again. */
export async function silence(postgres: Service): Promise<() => void> {
  const serving = await query(postgres.url, "select pid from pg_stat_activity where application_name = 'sarangbang'");
  const all = [postgres.pid, ...serving.map((row) => Number(row.pid))];
  for (const pid of all) process.kill(pid, "SIGSTOP");
  return () => {
    for (const pid of all) process.kill(pid, "SIGCONT");
  };
}
