/** The same things in their order, at most so many at once; no slice for none. */
export function* slices<Thing>(things: readonly Thing[], most: number): Generator<Thing[]> {
  for (let start = 0; start < things.length; start += most) yield things.slice(start, start + most);
}
