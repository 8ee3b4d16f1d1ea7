import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Service } from "#tests/support/services/service.ts";
import { folderOf } from "./folder-of.ts";
import { KEEPERS } from "./keepers.ts";

for (const { name, start, write, read } of KEEPERS) {
  describe(name, () => {
    let service: Service;
    beforeAll(async () => {
      service = await start();
    }, 150_000);
    afterAll(() => service?.stop());

    test("what 미나 writes is there for 준 after it was killed, at the same address", async () => {
      await write(service, "annyeong");
      const before = { url: service.url, pid: service.pid };
      await service.kill();
      expect(existsSync(`/proc/${before.pid}`)).toBe(false);
      await expect(fetch(`http://${new URL(service.url).host}`)).rejects.toMatchObject({
        cause: { code: "ECONNREFUSED" },
      });
      await service.start();
      expect(service.url).toBe(before.url);
      expect(service.pid).not.toBe(before.pid);
      expect(await read(service)).toBe("annyeong");
    }, 300_000);

    test("it leaves neither a process nor a folder behind", async () => {
      const folder = folderOf(service);
      expect(existsSync(folder)).toBe(true);
      await service.stop();
      expect(existsSync(folder)).toBe(false);
      expect(existsSync(`/proc/${service.pid}`)).toBe(false);
    });
  });
}
