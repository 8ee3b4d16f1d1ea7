import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** A certificate for this machine that signs itself, so that it is its own authority. */
export interface Certificate {
  key: Buffer;
  cert: Buffer;
  /** Where the authority's certificate lies. */
  file: string;
  remove(): Promise<void>;
}

const run = promisify(execFile);

/** By openssl, which Node has no words for. */
export async function makeCertificate(): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), "sarangbang-certificate-"));
  const [keyFile, file] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  await run("openssl", [
    "req",
    "-x509",
    ...kind,
    "-keyout",
    keyFile,
    "-out",
    file,
    "-subj",
    "/CN=localhost",
    "-addext",
    names,
  ]);
  const [key, cert] = await Promise.all([readFile(keyFile), readFile(file)]);
  return { key, cert, file, remove: () => rm(folder, { recursive: true, force: true }) };
}
