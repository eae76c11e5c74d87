/** A pair: an address as AWS would have it, and the local one that replaces it. */
export type AddressPair = readonly [aws: string, local: string];

/** Replaces AWS addresses by local ones in every text inside a resolved value; the longest address wins. */
export function translator(pairs: readonly AddressPair[]): <Value>(value: Value) => Value {
  const sorted = [...pairs].sort(([a], [b]) => b.length - a.length);
  const translateText = (text: string) =>
    sorted.reduce((done, [aws, local]) => done.replaceAll(aws, local), text);
  const translate = (value: unknown): unknown => {
    if (typeof value === 'string') return translateText(value);
    if (Array.isArray(value)) return value.map(translate);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, translate(part)]));
  };
  return <Value>(value: Value) => translate(value) as Value;
}
