import { change, changed, checkChange } from './change-expression.ts';
import { condition, type Test } from './condition.ts';
import { type Aliases, type AliasMaps, aliasesOf, type Expression, onlyKnown } from './expression.ts';
import { invalid } from './table-errors.ts';
import { checkItem, keyOf, takenItem } from './table-keys.ts';
import type { Key, StoredItem } from './table-types.ts';

/** The kinds of writes; a check writes nothing and exists only in transactions. */
export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

/** A write that was read and found to be in order: on which item, when, and what it makes of the item. */
export interface Write {
  readonly kind: WriteKind;
  readonly key: Key;
  /** Refuses what could not be stored, whatever there is. */
  check?(): void;
  mayHappen(item: StoredItem | undefined): boolean;
  outcome(item: StoredItem | undefined): StoredItem | undefined;
}

interface WriteInput extends AliasMaps {
  readonly Key?: unknown;
  readonly Item?: object;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
}

const shared = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValues',
];

const members: Readonly<Record<WriteKind, ReadonlySet<string>>> = {
  Put: new Set([...shared, 'Item']),
  Update: new Set([...shared, 'Key', 'UpdateExpression']),
  Delete: new Set([...shared, 'Key']),
  ConditionCheck: new Set([...shared, 'Key']),
};

const nothing: Partial<StoredItem> = Object.freeze({});

/** Reads the input of a write. */
export function readWrite(kind: WriteKind, input: WriteInput): Write {
  onlyKnown(kind, input, members[kind]);
  const test = input.ConditionExpression === undefined ? undefined : condition(input.ConditionExpression);
  if (kind === 'Update' && input.UpdateExpression !== undefined) return readUpdate(input, test);
  const aliases = aliasesOf(input, [test]);
  const mayHappen = guard(test, aliases);
  if (kind === 'Put') {
    const item = takenItem(input.Item ?? {});
    return { kind, key: item, check: () => checkItem(item), mayHappen, outcome: () => item };
  }
  const key = keyOf(input.Key);
  if (kind === 'Delete') return { kind, key, mayHappen, outcome: () => undefined };
  if (kind === 'ConditionCheck' && test === undefined) throw invalid('A ConditionCheck needs a condition');
  return { kind, key, mayHappen, outcome: (item) => item ?? (kind === 'Update' ? key : undefined) };
}

function readUpdate(input: WriteInput, test: Expression<Test> | undefined): Write {
  const actions = change(input.UpdateExpression ?? '');
  const aliases = aliasesOf(input, [test, actions]);
  checkChange(actions.meaning, aliases);
  const key = keyOf(input.Key);
  return {
    kind: 'Update',
    key,
    mayHappen: guard(test, aliases),
    outcome: (item) => {
      const after = changed(item ?? key, actions.meaning, aliases);
      checkItem(after);
      return after;
    },
  };
}

const guard =
  (test: Expression<Test> | undefined, aliases: Aliases) =>
  (item: StoredItem | undefined): boolean =>
    test === undefined || test.meaning(item ?? nothing, aliases);
