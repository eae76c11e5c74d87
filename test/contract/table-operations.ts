import fc from 'fast-check';
import {
  aliased,
  any,
  change,
  condition,
  guarded,
  members,
  number,
  test,
  text,
} from './table-expressions.ts';

/** One call of the table at the level of lib-dynamodb: the operation and its input without the table's name. */
export interface Operation {
  readonly operation: 'Get' | 'Put' | 'Update' | 'Delete' | 'Query' | 'BatchGet' | 'TransactWrite';
  readonly input: Readonly<Record<string, unknown>>;
}

const partition = fc.constantFrom('P', 'Q');
const sort = fc.constantFrom('F#1', 'F#2', 'F#3', 'HEAD', '\uFFFD', '\u{1F525}');
const key = fc.record({ pk: partition, sk: sort });

const attributes = fc.record(
  {
    n: fc.oneof(number, fc.constant(undefined)),
    t: text,
    s: members,
    any,
    status: fc.oneof(text, number),
    gsi1pk: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('I', 'J') }, fc.constantFrom('', 7)),
    gsi1sk: fc.constantFrom('1', '2', '3'),
    gsi2pk: fc.constant('D'),
    gsi2sk: fc.constantFrom('1', '2'),
  },
  { requiredKeys: [] },
);

const put = fc
  .tuple(key, attributes, condition)
  .map(([own, more, part]) => ({ Item: { ...own, ...more }, ...guarded(part) }));
const remove = fc.tuple(key, condition).map(([Key, part]) => ({ Key, ...guarded(part) }));
const update = fc.tuple(key, change, condition).map(([Key, part, guard]) => ({
  Key,
  UpdateExpression: part.text,
  ...(guard !== undefined && { ConditionExpression: guard.text }),
  ...aliased([part, guard]),
}));
const check = fc.tuple(key, test('0')).map(([Key, part]) => ({ Key, ...guarded(part) }));

const transaction = fc.array(
  fc.oneof(
    put.map((Put) => ({ Put })),
    update.map((Update) => ({ Update })),
    remove.map((Delete) => ({ Delete })),
    check.map((ConditionCheck) => ({ ConditionCheck })),
  ),
  { minLength: 1, maxLength: 4 },
);

const range = fc.constantFrom(
  undefined,
  'begins_with(#s, :low)',
  '#s = :low',
  '#s < :low',
  '#s <= :low',
  '#s > :low',
  '#s >= :low',
  '#s BETWEEN :low AND :high',
);

const query = fc
  .record({
    index: fc.constantFrom(undefined, undefined, 'gsi1', 'gsi2'),
    range,
    low: fc.constantFrom('F#', 'F#2', '2', '\uFFFD'),
    high: fc.constantFrom('F#3', 'G', '3', '\u{1F525}'),
    limit: fc.constantFrom(undefined, 1, 2),
    forwards: fc.boolean(),
    consistent: fc.boolean(),
    at: fc.constantFrom('P', 'Q', 'I', 'J', 'D'),
  })
  .map(({ index, range: bounds, low, high, limit, forwards, consistent, at }) => ({
    ...(index !== undefined && { IndexName: index }),
    ...(limit !== undefined && { Limit: limit }),
    ScanIndexForward: forwards,
    ConsistentRead: consistent,
    KeyConditionExpression: bounds === undefined ? '#p = :p' : `#p = :p AND ${bounds}`,
    ExpressionAttributeNames: { '#p': `${index ?? ''}pk`, ...(bounds && { '#s': `${index ?? ''}sk` }) },
    ExpressionAttributeValues: {
      ':p': at,
      ...(bounds && { ':low': low }),
      ...(bounds?.includes(':high') && { ':high': high }),
    },
  }));

const returns = (...choices: readonly string[]) =>
  fc.constantFrom(...choices).map((one) => ({ ReturnValues: one }));
const joined = <A extends object, B extends object>([a, b]: readonly [A, B]) => ({ ...a, ...b });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(put, returns('NONE', 'ALL_OLD'))
      .map((pair) => ({ operation: 'Put' as const, input: joined(pair) })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(update, returns('NONE', 'ALL_NEW'))
      .map((pair) => ({ operation: 'Update' as const, input: joined(pair) })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(remove, returns('NONE', 'ALL_OLD'))
      .map((pair) => ({ operation: 'Delete' as const, input: joined(pair) })),
  },
  {
    weight: 2,
    arbitrary: key.map((Key) => ({ operation: 'Get' as const, input: { Key, ConsistentRead: true } })),
  },
  { weight: 3, arbitrary: query.map((input) => ({ operation: 'Query' as const, input })) },
  {
    weight: 1,
    arbitrary: fc
      .array(key, { maxLength: 4 })
      .map((Keys) => ({ operation: 'BatchGet' as const, input: { Keys } })),
  },
  {
    weight: 3,
    arbitrary: transaction.map((TransactItems) => ({
      operation: 'TransactWrite' as const,
      input: { TransactItems },
    })),
  },
);

/** Calls one after another over a dozen items, most of which mean something to each other. */
export const operations: fc.Arbitrary<readonly Operation[]> = fc.array(operation, {
  minLength: 2,
  maxLength: 12,
});
