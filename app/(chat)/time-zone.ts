import { cookies } from "next/headers";

/** The zone this browser told at its last visit, else the server's own. */
export async function timeZone(): Promise<string> {
  const kept = (await cookies()).get("time-zone")?.value ?? "";
  try {
    return Intl.DateTimeFormat("en", { timeZone: kept }).resolvedOptions().timeZone;
  } catch {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
}
