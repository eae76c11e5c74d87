import { type Item, itemSize } from './item-size.ts';

/** An error of DynamoDB with the items that made conditions fail. */
export interface Failed {
  readonly __type?: string;
  readonly Item?: Item;
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: Item }[];
}

interface Asked {
  readonly Item?: Item;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly Item?: Item }>>[];
}

/**
 * The write units of a call that failed. A condition that is false costs the write that it prevents, by the larger of the
 * stored item and the new one; in a transaction each part twice. Every other failure is free.
 */
export function failedUnits(asked: Asked, { __type = '', Item, CancellationReasons = [] }: Failed): number {
  if (__type.endsWith('ConditionalCheckFailedException')) return writeOf(Item, asked.Item);
  if (!CancellationReasons.some(({ Code }) => Code === 'ConditionalCheckFailed')) return 0;
  return (asked.TransactItems ?? []).reduce((sum, one, at) => {
    const [part] = Object.values(one);
    return sum + 2 * writeOf(CancellationReasons[at]?.Item, part?.Item);
  }, 0);
}

/** A stored item of unknown size, and one that is not there, cost as little as can be: one unit. */
function writeOf(old: Item | undefined, put: Item | undefined): number {
  const size = Math.max(...[old, put].map((one) => (one === undefined ? 0 : itemSize(one))));
  return Math.max(1, Math.ceil(size / 1_024));
}
