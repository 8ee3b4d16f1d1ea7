const collator = new Intl.Collator("ko", { numeric: true });

/** The order of names in every list: Korean before Latin, 2 before 10. Databases disagree on it, so lists are sorted here. */
export function compareNames(one: string, other: string): number {
  return collator.compare(one, other);
}
