import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSecret, replaceSecret } from "#server/auth/secret.ts";
import { tempFolder } from "#tests/store/temp-folder.ts";

test("another secret takes the place of the former, which stays beside it for its owner alone", async () => {
  const folder = await tempFolder();
  const former = await readSecret(folder);
  const secret = "ab".repeat(32);
  await replaceSecret(folder, secret, "before");
  expect(await readSecret(folder)).toBe(secret);
  expect((await readdir(folder)).sort()).toEqual(["secret", "secret.before"]);
  expect((await readFile(join(folder, "secret.before"), "utf8")).trim()).toBe(former);
  for (const name of ["secret", "secret.before"]) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  await replaceSecret(folder, secret, "once-more");
  expect((await readdir(folder)).length).toBe(2);
});

test("where the former cannot be kept, it stays what it is", async () => {
  const folder = await tempFolder();
  const former = await readSecret(folder);
  await expect(replaceSecret(folder, "ab".repeat(32), "no/such/folder")).rejects.toThrow("ENOENT");
  expect(await readSecret(folder)).toBe(former);
});
