import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Whether a host, as a name or an address without brackets, is this machine alone. */
export function isLoopbackHost(host: string): boolean {
  if (isIP(host) === 0) return host === "localhost" || host.endsWith(".localhost");
  return ipaddr.process(host).range() === "loopback";
}
