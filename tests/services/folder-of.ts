import { readFileSync } from "node:fs";
import { FOLDER_OF_SERVICE } from "#tests/support/services/leave.ts";
import type { Service } from "#tests/support/services/service.ts";

/** Where a service that runs keeps everything. */
export function folderOf({ pid }: Service): string {
  const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
  return new RegExp(`${FOLDER_OF_SERVICE}=([^\\0]+)`).exec(environment)?.[1] ?? "";
}
