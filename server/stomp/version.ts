import { ProtocolError } from "./protocol-error.ts";

export type Version = "1.0" | "1.1" | "1.2";

const HIGHEST_FIRST: readonly Version[] = ["1.2", "1.1", "1.0"];

/** The version both speak, from CONNECT's `accept-version`, whatever the order of that list; a client that sends none speaks 1.0. */
export function negotiateVersion(acceptVersion: string | undefined): Version {
  if (acceptVersion === undefined) return "1.0";
  const accepted = acceptVersion.split(",").map((version) => version.trim());
  const version = HIGHEST_FIRST.find((candidate) => accepted.includes(candidate));
  if (version) return version;
  throw new ProtocolError("unsupported", "Supported protocol versions are 1.0, 1.1 and 1.2", {
    version: "1.0,1.1,1.2",
  });
}
