import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSecret, withSecret } from "#server/auth/secret.ts";
import { tempFolder } from "#tests/store/temp-folder.ts";

test("another secret takes the place of the former, which stays beside it for its owner alone", async () => {
  const folder = await tempFolder();
  const former = await readSecret(folder);
  const secret = "ab".repeat(32);
  const given = { dataDir: folder, secret };
  await withSecret({ ...given, suffix: "before" }, async () => {
    // Until the database is there, the former is the one that counts.
    expect(await readSecret(folder)).toBe(former);
  });
  expect(await readSecret(folder)).toBe(secret);
  expect((await readdir(folder)).sort()).toEqual(["secret", "secret.before"]);
  expect((await readFile(join(folder, "secret.before"), "utf8")).trim()).toBe(former);
  for (const name of ["secret", "secret.before"]) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  expect(await withSecret({ ...given, suffix: "once-more" }, async () => "달빛")).toBe("달빛");
  expect((await readdir(folder)).length).toBe(2);
});

test("where the former cannot be kept nothing is begun, and where the database does not come it stays what it is", async () => {
  const folder = await tempFolder();
  const former = await readSecret(folder);
  const given = { dataDir: folder, secret: "ab".repeat(32) };
  const begun = () => Promise.reject(new Error("the disk is full"));
  await expect(withSecret({ ...given, suffix: "no/such/folder" }, begun)).rejects.toThrow("ENOENT");
  await expect(withSecret({ ...given, suffix: "before" }, begun)).rejects.toThrow("the disk is full");
  expect(await readSecret(folder)).toBe(former);
  expect(await readdir(folder)).toEqual(["secret"]);
});
