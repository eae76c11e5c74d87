/** Names in braces inside a key template: `O#{org}#I#{inc}` has `org` and `inc`; `{seq:12}` is padded to 12 digits. */
type Names<Template extends string> = Template extends `${string}{${infer Field}}${infer Rest}`
  ? (Field extends `${infer Name}:${string}` ? Name : Field) | Names<Rest>
  : never;

type Arguments<Template extends string> = { readonly [Name in Names<Template>]: string | number };

/** The templates of one item: its key, its places in the generic indexes, and what it is for. */
export interface ItemShape {
  readonly about: string;
  readonly pk: string;
  readonly sk: string;
  readonly gsi1pk?: string;
  readonly gsi1sk?: string;
  readonly gsi2pk?: string;
  readonly gsi2sk?: string;
  readonly gsi3pk?: string;
  readonly gsi3sk?: string;
  /** True when the item carries the `ttl` attribute (seconds since the epoch). */
  readonly expires?: boolean;
}

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

type IndexName = 'gsi1' | 'gsi2' | 'gsi3';
type TemplateOf<Shape extends ItemShape, Name extends keyof ItemShape> = Shape[Name] extends string
  ? Shape[Name]
  : '';

export interface Entity<Shape extends ItemShape> {
  readonly shape: Shape;
  /** The item's primary key; a field that is missing does not compile. */
  key(values: Arguments<`${Shape['pk']}${Shape['sk']}`>): Key;
  /** The partition alone, for a query over it. */
  partition(values: Arguments<Shape['pk']>): string;
  /** The part of the sort key before its first field, for `begins_with`. */
  readonly sortPrefix: string;
  /** The sort key alone, for the bounds of a range. */
  sort(values: Arguments<Shape['sk']>): string;
  /** The key attributes of one generic index. */
  index<Name extends IndexName>(
    name: Name,
    values: Arguments<`${TemplateOf<Shape, `${Name}pk`>}${TemplateOf<Shape, `${Name}sk`>}`>,
  ): Readonly<Record<`${Name}pk` | `${Name}sk`, string>>;
  /** The values in a part of a key that was made here, as texts. */
  read<Part extends KeyPart>(
    part: Part,
    text: string,
  ): Readonly<Record<Names<TemplateOf<Shape, Part>>, string>>;
}

type KeyPart = 'pk' | 'sk' | `${IndexName}${'pk' | 'sk'}`;

/** Describes one kind of item; the fields in braces become required, type-checked arguments. */
export function entity<const Shape extends ItemShape>(shape: Shape): Entity<Shape> {
  const [partition, sort] = [filler(shape.pk), filler(shape.sk)];
  const indexes = {
    gsi1: [filler(shape.gsi1pk), filler(shape.gsi1sk)],
    gsi2: [filler(shape.gsi2pk), filler(shape.gsi2sk)],
    gsi3: [filler(shape.gsi3pk), filler(shape.gsi3sk)],
  } as const;
  return {
    shape,
    key: (values) => ({ pk: partition(values), sk: sort(values) }),
    partition,
    sortPrefix: shape.sk.split('{')[0] ?? '',
    sort,
    index: (name, values) =>
      ({
        [`${name}pk`]: indexes[name][0](values),
        [`${name}sk`]: indexes[name][1](values),
      }) as ReturnType<Entity<Shape>['index']> as never,
    read: (part, text) => valuesIn(shape[part], text) as never,
  };
}

type Filler = (values: Readonly<Record<string, string | number>>) => string;

/** What puts values into a template, which is read once; `#` and `%` inside a value are encoded, so no value can reach into another key. */
function filler(template = ''): Filler {
  // Text, name and width in turn, and text again in the end.
  const [first = '', ...rest] = template.split(/\{(\w+)(?::(\d+))?\}/);
  const fields = Array.from({ length: rest.length / 3 }, (_, i) => ({
    name: rest[i * 3] ?? '',
    width: Number(rest[i * 3 + 1] ?? 0),
    after: rest[i * 3 + 2] ?? '',
  }));
  return (values) => {
    let text = first;
    for (const { name, width, after } of fields) {
      const value = values[name];
      if (value === undefined || value === '')
        throw new Error(`The key ${template} needs a value for ${name}`);
      text += encoded(String(value)).padStart(width, '0') + after;
    }
    return text;
  };
}

const encoded = (text: string): string =>
  text.includes('%') || text.includes('#') ? text.replaceAll('%', '%25').replaceAll('#', '%23') : text;

const decoded = (text: string): string => text.replaceAll('%23', '#').replaceAll('%25', '%');

/** No value has a `#` in it, and in a key each ends before one. */
function valuesIn(template = '', text: string): Readonly<Record<string, string>> {
  const parts = text.split('#');
  const values = template.split('#').flatMap((part, i): (readonly [string, string])[] => {
    const name = /^\{(\w+)(?::\d+)?\}$/.exec(part)?.[1];
    return name === undefined ? [] : [[name, decoded(parts[i] ?? '')]];
  });
  return Object.fromEntries(values);
}
