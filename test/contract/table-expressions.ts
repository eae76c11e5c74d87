import fc from 'fast-check';

/** Values of attributes: few, so that they meet each other. */
export const text = fc.constantFrom('', 'x', 'xy', 'ü\u{1F525}');
export const number = fc.constantFrom(-1.5, 0, 1, 2, 30);
export const members = fc
  .uniqueArray(fc.constantFrom('p', 'q', 'r'), { minLength: 1 })
  .map((all) => new Set(all));
const numbers = fc.uniqueArray(number, { minLength: 1 }).map((all) => new Set(all));
const leaf = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const nested = fc.oneof(fc.array(leaf, { maxLength: 2 }), fc.dictionary(fc.constantFrom('a', 'b'), leaf));
export const any = fc.oneof({ weight: 3, arbitrary: leaf }, members, numbers, nested);

const names = ['n', 't', 's', 'any', 'status'] as const;
/** An expression with its aliases. `#k` is `pk`, the others are the attribute of their place. */
export interface Part {
  readonly text: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** One test of one attribute; `place` keeps its aliases apart. */
export const test = (place: string): fc.Arbitrary<Part> =>
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
/** A condition, or none. */
export const condition: fc.Arbitrary<Part | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constant(isNew),
  test('0'),
  fc.tuple(test('0'), test('1')).map(both('AND')),
  fc.tuple(test('0'), test('1')).map(both('OR')),
  test('0').map((part) => ({ ...part, text: `NOT ${part.text}` })),
);

/** What an update does. */
export const change: fc.Arbitrary<Part> = fc
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

/** The aliases of several expressions as a request carries them. */
export function aliased(parts: readonly (Part | undefined)[]): Readonly<Record<string, unknown>> {
  const all = both('')(parts.filter((part) => part !== undefined));
  return {
    ...(Object.keys(all.names).length > 0 && { ExpressionAttributeNames: all.names }),
    ...(Object.keys(all.values).length > 0 && { ExpressionAttributeValues: all.values }),
  };
}

/** A condition as a write carries it. */
export const guarded = (part: Part | undefined) => ({
  ...aliased([part]),
  ...(part !== undefined && { ConditionExpression: part.text }),
});
