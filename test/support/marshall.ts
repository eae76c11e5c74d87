/** A plain row in the form in which a stream record carries it. */
export function marshall(row: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, attribute(value)]));
}

function attribute(value: unknown): unknown {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attribute) };
  if (typeof value === 'object' && value !== null) return { M: marshall(value) };
  throw new Error(`A stream record of a test cannot carry ${typeof value}`);
}
