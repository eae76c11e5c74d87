import type { StreamImage, StreamValue, Value } from './table-types.ts';

/** An item in the form in which Lambda delivers it: every value under the name of its type. */
export function imageOf(item: Readonly<Record<string, Value>>): StreamImage {
  const image: Record<string, StreamValue> = {};
  for (const name in item) image[name] = delivered(item[name] as Value);
  return image;
}

function delivered(value: Value): StreamValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(delivered) };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (value instanceof Set) return deliveredSet(value);
  return { M: imageOf(value as Readonly<Record<string, Value>>) };
}

function deliveredSet(members: ReadonlySet<unknown>): StreamValue {
  const [first] = members;
  return typeof first === 'number' ? { NS: [...members].map(String) } : { SS: [...members].map(String) };
}
