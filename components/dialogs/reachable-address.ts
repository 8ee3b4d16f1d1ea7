/** The address of this place that others can most likely open: the one in use when it is not this machine's own, else the first that is not. */
export function reachableAddress(addresses: readonly string[], inUse: string): string {
  if (addresses.includes(inUse) && !isOnlyHere(inUse)) return inUse;
  return addresses.find((address) => !isOnlyHere(address)) ?? addresses[0] ?? inUse;
}

/** True for addresses of the loopback interface, which no other device reaches. */
export function isOnlyHere(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname.endsWith(".localhost") || /^(127(\.\d+){3}|\[::1\])$/.test(hostname);
}
