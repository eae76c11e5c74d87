/** Adds counts by name to those that there are. */
export function addCounts(all: Map<string, number>, more: Iterable<readonly [string, number]>): void {
  for (const [name, times] of more) all.set(name, (all.get(name) ?? 0) + times);
}
