/** A call of a function to an engine; instants in milliseconds on the machine's monotonic clock. */
export interface Called {
  readonly function: string;
  readonly operation: string;
  readonly begun: number;
  readonly ended: number;
}

/**
 * The operations of one invocation that came one after another, as long a chain as there is. Calls of one operation are one
 * step, from the first one's begin to the last one's end: sent together, they still leave a single thread one by one.
 */
export function callChain(calls: readonly Called[]): readonly string[] {
  const steps = [...Map.groupBy(calls, ({ operation }) => operation)].map(([operation, same]) => ({
    operation,
    begun: Math.min(...same.map(({ begun }) => begun)),
    ended: Math.max(...same.map(({ ended }) => ended)),
  }));
  const chain: string[] = [];
  // Whatever ends first leaves the most room for what follows, so this choice gives a longest chain.
  let free = Number.NEGATIVE_INFINITY;
  for (const { operation, begun, ended } of steps.sort((a, b) => a.ended - b.ended)) {
    if (begun < free) continue;
    chain.push(operation);
    free = ended;
  }
  return chain;
}
