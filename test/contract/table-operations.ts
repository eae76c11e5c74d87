import * as fc from 'fast-check';

/** One call of the table at the level of lib-dynamodb: the operation and its input without the table's name. */
export interface Operation {
  readonly operation: 'Get' | 'Put' | 'Update' | 'Delete' | 'Query' | 'BatchGet' | 'TransactWrite';
  readonly input: Readonly<Record<string, unknown>>;
}

const partition = fc.constantFrom('P', 'Q');
const sort = fc.constantFrom('F#1', 'F#2', 'F#3', 'HEAD', '\uFFFD', '\u{1F525}');
const key = fc.record({ pk: partition, sk: sort });

const text = fc.constantFrom('', 'x', 'xy', 'ü\u{1F525}');
const number = fc.constantFrom(-1.5, 0, 1, 2, 30);
const members = fc.uniqueArray(fc.constantFrom('p', 'q', 'r'), { minLength: 1 }).map((all) => new Set(all));
const numbers = fc.uniqueArray(number, { minLength: 1 }).map((all) => new Set(all));
const leaf = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const nested = fc.oneof(fc.array(leaf, { maxLength: 2 }), fc.dictionary(fc.constantFrom('a', 'b'), leaf));
const any = fc.oneof({ weight: 3, arbitrary: leaf }, members, numbers, nested);

const names = ['n', 't', 's', 'any', 'status'] as const;
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

/** An expression with its aliases. `#k` is `pk`, the others are the attribute of their place. */
interface Part {
  readonly text: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

const test = (place: string): fc.Arbitrary<Part> =>
  fc
    .record({
      form: fc.constantFrom('=', '<>', '<', '<=', '>', '>=', 'has', 'size', 'starts', 'is', 'no', 'between'),
      name: fc.constantFrom(...names),
      value: fc.oneof(text, number),
    })
    .map(({ form, name, value }) => {
      const [alias, given] = [`#c${place}`, `:c${place}`];
      const one = (written: string, used: unknown = value): Part => ({
        text: written,
        names: { [alias]: name },
        values: { [given]: used },
      });
      if (form === 'is') return { ...one(`attribute_exists(${alias})`), values: {} };
      if (form === 'no') return { ...one(`attribute_not_exists(${alias})`), values: {} };
      if (form === 'has') return one(`contains(${alias}, ${given})`, String(value) || 'p');
      if (form === 'size') return one(`size(${alias}) < ${given}`, 2);
      if (form === 'starts') return one(`begins_with(${alias}, ${given})`, String(value));
      if (form === 'between') return one(`${alias} BETWEEN ${given} AND ${given}`);
      return one(`${alias} ${form} ${given}`);
    });

const isNew: Part = { text: 'attribute_not_exists(#k)', names: { '#k': 'pk' }, values: {} };
const both =
  (word: string) =>
  (parts: readonly Part[]): Part => ({
    text: parts.map(({ text: one }) => `(${one})`).join(` ${word} `),
    names: Object.assign({}, ...parts.map((part) => part.names)),
    values: Object.assign({}, ...parts.map((part) => part.values)),
  });
const condition: fc.Arbitrary<Part | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constant(isNew),
  test('0'),
  fc.tuple(test('0'), test('1')).map(both('AND')),
  fc.tuple(test('0'), test('1')).map(both('OR')),
  test('0').map((part) => ({ ...part, text: `NOT ${part.text}` })),
);

const change: fc.Arbitrary<Part> = fc
  .record({
    set: fc.uniqueArray(fc.tuple(fc.constantFrom(...names), any), {
      selector: ([name]) => name,
      maxLength: 2,
    }),
    add: fc.option(fc.tuple(fc.constantFrom('n', 's', 'any'), fc.oneof(number, members)), { nil: undefined }),
    unset: fc.option(fc.constantFrom(...names, 'gsi1pk'), { nil: undefined, freq: 2 }),
  })
  .filter(({ set, add, unset }) => {
    const touched = [...set.map(([name]) => name), add?.[0], unset].filter((name) => name !== undefined);
    // The engine lets two actions touch one attribute, which AWS refuses.
    return touched.length > 0 && new Set<string>(touched).size === touched.length;
  })
  .map(({ set, add, unset }) => {
    const sets = set.map((_, i) => `#s${i} = :s${i}`).join(', ');
    return {
      text: [
        ...(sets === '' ? [] : [`SET ${sets}`]),
        ...(unset === undefined ? [] : ['REMOVE #r']),
        ...(add === undefined ? [] : ['ADD #a :a']),
      ].join(' '),
      names: {
        ...Object.fromEntries(set.map(([name], i) => [`#s${i}`, name])),
        ...(unset !== undefined && { '#r': unset }),
        ...(add !== undefined && { '#a': add[0] }),
      },
      values: {
        ...Object.fromEntries(set.map(([, value], i) => [`:s${i}`, value])),
        ...(add !== undefined && { ':a': add[1] }),
      },
    };
  });

function aliased(parts: readonly (Part | undefined)[]): Readonly<Record<string, unknown>> {
  const all = both('')(parts.filter((part) => part !== undefined));
  return {
    ...(Object.keys(all.names).length > 0 && { ExpressionAttributeNames: all.names }),
    ...(Object.keys(all.values).length > 0 && { ExpressionAttributeValues: all.values }),
  };
}

const guarded = (part: Part | undefined) => ({
  ...aliased([part]),
  ...(part !== undefined && { ConditionExpression: part.text }),
});

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
