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

/** Starts `sarangbang` on a data folder, to be ended in the middle. */
export function startSarangbang(dataDir: string, words: string[], env: NodeJS.Dict<string> = {}): Running {
  const { PATH, HOME } = process.env;
  return start(SARANGBANG, words, { PATH, HOME, DATA_DIR: dataDir, ...env });
}

/** Runs a program to its end. */
export function run(program: string, words: string[], env: NodeJS.Dict<string>, input = ""): Promise<Ended> {
  return start(program, words, env, input).ended;
}

/** A program that was started. */
export interface Running {
  /** What it has said so far. */
  readonly said: Readonly<Ended>;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

function start(program: string, words: string[], env: NodeJS.Dict<string>, input = ""): Running {
  const child = spawn(program, words, { env: { NODE_ENV: "production", ...env } });
  const said: Ended = { code: null, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said.err += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...said, code }));
  });
  child.stdin.end(input);
  return { said, ended, kill: (signal) => child.kill(signal) };
}
