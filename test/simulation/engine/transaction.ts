import { onlyKnown } from './expression.ts';
import { areLarger } from './sizes.ts';
import { cancelled, invalid, type ReasonCode } from './table-errors.ts';
import type { StoredItem } from './table-types.ts';
import { readWrite, type Write, type WriteKind } from './table-writes.ts';
import { notKnown } from './tokens.ts';

const MAX_ACTIONS = 100;
const MAX_BYTES = 4 * 1024 * 1024;

export interface TransactInput {
  readonly TransactItems?: readonly object[];
  readonly ClientRequestToken?: string;
}

const members = new Set(['TransactItems', 'ClientRequestToken']);
const kinds: readonly WriteKind[] = ['Put', 'Update', 'Delete', 'ConditionCheck'];

/** The writes of a transaction, each on an item of its own. */
export function readTransaction(input: TransactInput): readonly Write[] {
  onlyKnown('TransactWrite', input, members);
  const { TransactItems: items = [] } = input;
  if (items.length === 0 || items.length > MAX_ACTIONS) {
    throw invalid(`Member must have length less than or equal to ${MAX_ACTIONS}, greater than or equal to 1`);
  }
  const writes = items.map(readItem);
  const keys = new Set(writes.map(({ key }) => nameOf(key)));
  if (keys.size < writes.length) {
    throw invalid('Transaction request cannot include multiple operations on one item');
  }
  return writes;
}

function readItem(item: object): Write {
  const [entry, more] = Object.entries(item) as [WriteKind, object][];
  if (entry === undefined || more !== undefined)
    throw invalid('An item of a transaction is one of its kinds');
  const [kind, input] = entry;
  if (!kinds.includes(kind)) throw notKnown(`${kind} in a transaction`);
  return readWrite(kind, input);
}

/** What becomes of each item, in the order of the writes. Throws with all reasons in place when one cannot be. */
export function outcomesOf(
  writes: readonly Write[],
  find: (write: Write) => StoredItem | undefined,
): readonly (StoredItem | undefined)[] {
  const outcomes = writes.map((write) => outcomeOf(write, find(write)));
  if (outcomes.some(({ code }) => code !== 'None')) throw cancelled(outcomes.map(({ code }) => code));
  const items = outcomes.map(({ item }) => item);
  // Ten items of the most that one may have are less.
  if (items.length > 10 && areLarger(items, MAX_BYTES))
    throw invalid('Transaction request size has exceeded the maximum of 4 MB');
  return items;
}

function outcomeOf(
  write: Write,
  item: StoredItem | undefined,
): { readonly code: ReasonCode; readonly item?: StoredItem | undefined } {
  try {
    write.check?.();
    if (!write.mayHappen(item)) return { code: 'ConditionalCheckFailed' };
    return { code: 'None', item: write.outcome(item) };
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationException') return { code: 'ValidationError' };
    throw error;
  }
}

/** One text for each item; keys hold no line ends. */
export const nameOf = ({ pk, sk }: { readonly pk: string; readonly sk: string }): string => `${pk}\n${sk}`;
