import { spawn } from "node:child_process";
import { join } from "node:path";

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

const SARANGBANG = join(import.meta.dirname, "../../bin/sarangbang");

/** Runs `sarangbang` on a data folder, to its end. Without input its standard input is empty. */
export function sarangbang(dataDir: string, words: string[], { input = "", env = {} } = {}): Promise<Ended> {
  const { PATH, HOME } = process.env;
  return run(SARANGBANG, words, { PATH, HOME, DATA_DIR: dataDir, ...env }, input);
}

/** Its answer as JSON. */
export async function sarangbangJson<T>(dataDir: string, words: string[], input?: string): Promise<T> {
  const { code, out, err } = await sarangbang(dataDir, [...words, "--json"], { input });
  if (code !== 0) throw new Error(`sarangbang ${words.join(" ")} ended with ${code}: ${err}`);
  return JSON.parse(out) as T;
}

/** Runs a program to its end. */
export function run(program: string, words: string[], env: NodeJS.Dict<string>, input = ""): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { env: { NODE_ENV: "production", ...env } });
    const ended: Ended = { code: null, out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text) => {
      ended.out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      ended.err += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...ended, code }));
    child.stdin.end(input);
  });
}
