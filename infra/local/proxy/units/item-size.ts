/** A value as DynamoDB's protocol writes it: `{ S: 'text' }`. */
export type Value = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, Value>>;

/** The size of an item in bytes, as DynamoDB bills it (developer guide, "item sizes and formats"). */
export function itemSize(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value),
    0,
  );
}

function valueSize(value: Value): number {
  const [entry] = Object.entries(value);
  if (entry === undefined) return 0;
  const [type, content] = entry;
  const size = sizes[type];
  if (size === undefined) throw new Error(`DynamoDB has no type ${type}`);
  return size(content);
}

const text = (content: unknown): number => Buffer.byteLength(String(content));
/** Two digits a byte, one for the exponent, one for a sign. */
const number = (content: unknown): number => {
  const digits = String(content)
    .replace(/^[-+]?0*|[.]|[eE].*$/g, '')
    .replace(/0+$/, '');
  return Math.ceil(digits.length / 2) + (String(content).startsWith('-') ? 2 : 1);
};
const bytes = (content: unknown): number => Buffer.byteLength(String(content), 'base64');
const all =
  (size: (content: unknown) => number) =>
  (content: unknown): number =>
    (content as readonly unknown[]).reduce<number>((sum, one) => sum + size(one), 0);

const sizes: Readonly<Record<string, (content: unknown) => number>> = {
  S: text,
  N: number,
  B: bytes,
  BOOL: () => 1,
  NULL: () => 1,
  SS: all(text),
  NS: all(number),
  BS: all(bytes),
  L: (content) => 3 + all((one) => 1 + valueSize(one as Value))(content),
  M: (content) => {
    const entries = Object.entries(content as Item);
    return (
      3 + entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + 1 + valueSize(value), 0)
    );
  },
};
