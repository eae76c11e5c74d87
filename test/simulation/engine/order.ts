/** Compares text as DynamoDB does, by the bytes of UTF-8: another order than JavaScript's beyond U+FFFF. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return inUtf8(left) - inUtf8(right);
  }
  return a.length - b.length;
}

/** Halves of characters beyond U+FFFF come last. */
const inUtf8 = (unit: number): number =>
  unit < 0xd800 ? unit : unit > 0xdfff ? unit - 0x800 : unit + 0x2000;

/** The place of the first entry of a sorted list that is not before what `compare` looks for. */
export function firstNotBefore<Entry>(sorted: readonly Entry[], compare: (entry: Entry) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(sorted[middle] as Entry) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
