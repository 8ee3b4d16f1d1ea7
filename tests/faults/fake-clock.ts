import { existsSync } from "node:fs";

/** Where Debian's libfaketime is. */
const MACHINE = process.arch === "arm64" ? "aarch64" : "x86_64";
const LIBRARY = `/usr/lib/${MACHINE}-linux-gnu/faketime/libfaketime.so.1`;

/** The environment of a server whose clock is not the machine's: the one on the wall alone; the monotonic one goes on, as when somebody sets the time. */
export function fakeClock(): Record<string, string> {
  if (!existsSync(LIBRARY)) throw new Error("libfaketime is missing: apt-get install libfaketime");
  return { LD_PRELOAD: LIBRARY, FAKETIME_DONT_FAKE_MONOTONIC: "1" };
}
