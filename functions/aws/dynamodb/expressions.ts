/** What an attribute must be for a write to happen. */
type Test =
  | { readonly is: string | number | boolean }
  | { readonly not: string | number | boolean }
  | { readonly exists: boolean }
  | { readonly below: string | number }
  | { readonly atLeast: string | number }
  /** A set that has this member, or fewer members than this. */
  | { readonly has: string }
  | { readonly fewerThan: number };

/** Attributes and their tests, all of which must hold; a list of conditions means any of them. */
export type Condition = Readonly<Record<string, Test>> | readonly Readonly<Record<string, Test>>[];

/** Collects the aliases of one request, so that no attribute name can be a reserved word. */
export class Aliases {
  readonly #names = new Map<string, string>();
  readonly #values = new Map<string, unknown>();

  name(attribute: string): string {
    const alias = this.#names.get(attribute) ?? `#${this.#names.size}`;
    this.#names.set(attribute, alias);
    return alias;
  }

  value(value: unknown): string {
    const alias = `:${this.#values.size}`;
    this.#values.set(alias, value);
    return alias;
  }

  /** The two maps as DynamoDB wants them: left out when empty. */
  maps(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, unknown>;
  } {
    return {
      ...(this.#names.size > 0 && {
        ExpressionAttributeNames: Object.fromEntries([...this.#names].map(([name, alias]) => [alias, name])),
      }),
      ...(this.#values.size > 0 && { ExpressionAttributeValues: Object.fromEntries(this.#values) }),
    };
  }
}

/** The text of a condition, or nothing when there is none. */
export function conditionText(condition: Condition | undefined, aliases: Aliases): string | undefined {
  const any = condition === undefined ? [] : isList(condition) ? condition : [condition];
  const texts = any.map((all) =>
    Object.entries(all)
      .map(([attribute, test]) => testText(aliases.name(attribute), test, aliases))
      .join(' AND '),
  );
  if (texts.length === 0) return undefined;
  return texts.length === 1 ? texts[0] : texts.map((text) => `(${text})`).join(' OR ');
}

const isList = (condition: Condition): condition is readonly Readonly<Record<string, Test>>[] =>
  Array.isArray(condition);

function testText(name: string, test: Test, aliases: Aliases): string {
  if ('exists' in test) return `${test.exists ? 'attribute_exists' : 'attribute_not_exists'}(${name})`;
  if ('is' in test) return `${name} = ${aliases.value(test.is)}`;
  if ('not' in test) return `${name} <> ${aliases.value(test.not)}`;
  if ('below' in test) return `${name} < ${aliases.value(test.below)}`;
  if ('has' in test) return `contains(${name}, ${aliases.value(test.has)})`;
  if ('fewerThan' in test) return `size(${name}) < ${aliases.value(test.fewerThan)}`;
  return `${name} >= ${aliases.value(test.atLeast)}`;
}

/** What an update does to an item. `add` adds to a number (from 0) or puts members into a set. */
export interface Change {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
  readonly add?: Readonly<Record<string, number | ReadonlySet<string>>>;
}

/** The text of an update expression. */
export function changeText({ set = {}, unset = [], add = {} }: Change, aliases: Aliases): string {
  const kept = Object.entries(set).filter(([, value]) => value !== undefined);
  const parts = [
    ['SET', kept.map(([name, value]) => `${aliases.name(name)} = ${aliases.value(value)}`)],
    ['REMOVE', unset.map((name) => aliases.name(name))],
    ['ADD', Object.entries(add).map(([name, value]) => `${aliases.name(name)} ${aliases.value(value)}`)],
  ] as const;
  return parts
    .filter(([, texts]) => texts.length > 0)
    .map(([word, texts]) => `${word} ${texts.join(', ')}`)
    .join(' ');
}
