import { mkdir } from "node:fs/promises";
import { join } from "node:path";

export interface JavaOptions {
  /** Its processor time is going to be measured: then it gets the whole compiler, and starts more slowly. */
  measured?: boolean;
}

/** What a small server of Java is started with, so that it is ready soon and keeps out of the system's temporary folder. */
export async function javaFlags(folder: string, { measured = false }: JavaOptions): Promise<string[]> {
  const temporary = join(folder, "tmp");
  await mkdir(temporary);
  const compiler = measured ? [] : ["-XX:TieredStopAtLevel=1"];
  return ["-Xms64m", "-Xmx320m", "-XX:+UseSerialGC", "-XX:-UsePerfData", ...compiler, `-Djava.io.tmpdir=${temporary}`];
}
