import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseYaml, YamlFault } from '../../../shared/kernel/index.ts';

const cases: readonly (readonly [name: string, text: string, value: unknown])[] = [
  ['nothing', '\n# only a comment\n', null],
  ['a map', 'a: 1\nb: two\n', { a: 1, b: 'two' }],
  ['maps in maps', 'a:\n  b:\n    c: 1\n  d: 2\ne: 3', { a: { b: { c: 1 }, d: 2 }, e: 3 }],
  ['a list', '- 1\n- two\n-\n- null', [1, 'two', null, null]],
  ['a list at the indentation of its key', 'a:\n- 1\n- 2\nb: 3', { a: [1, 2], b: 3 }],
  ['maps in a list', '- id: a\n  name: A\n- id: b\n', [{ id: 'a', name: 'A' }, { id: 'b' }]],
  ['lists in lists', '- - 1\n  - 2\n- - 3', [[1, 2], [3]]],
  ['a map below its dash', '-\n  a: 1\n-\n  b: 2', [{ a: 1 }, { b: 2 }]],
  ['truth values', 'a: true\nb: False\nc: yes\nd: ~', { a: true, b: false, c: 'yes', d: null }],
  ['numbers', '[0, -1, 1.5, 1e3, 0x1F, 0o17, .5, 1_000]', [0, -1, 1.5, 1_000, 31, 15, 0.5, '1_000']],
  ['quotes', `a: "x\\n\\u00e9\\"y"\nb: 'it''s # no comment'`, { a: 'x\né"y', b: "it's # no comment" }],
  ['quoted keys', `"a: b": 1\n'c': 2`, { 'a: b': 1, c: 2 }],
  ['comments', 'a: 1 # one\n# two\nb: x#y # three', { a: 1, b: 'x#y' }],
  [
    'addresses and times',
    'a: https://x.example/y?z#w\nb: 09:00',
    { a: 'https://x.example/y?z#w', b: '09:00' },
  ],
  ['brackets', 'a: [1, {b: c, "d": [x, y]}, ]\ne: {}', { a: [1, { b: 'c', d: ['x', 'y'] }], e: {} }],
  ['brackets over lines', 'a: [\n  1, # one\n  2\n]\nb: 3', { a: [1, 2], b: 3 }],
  ['a text as it is', 'a: |\n  x\n    y\n\n  z\n\nb: 1', { a: 'x\n  y\n\nz\n', b: 1 }],
  [
    'a text as it is, without and with its end',
    'a: |-\n  x\n\nb: |+\n  y\n\nc: 1',
    { a: 'x', b: 'y\n\n', c: 1 },
  ],
  ['a folded text', 'a: >\n  x\n  y\n\n  z\n   w\n  v\nb: 1', { a: 'x y\nz\n w\nv\n', b: 1 }],
  ['a text in a list', '- |\n  x\n- >-\n  y\n  z', ['x\n', 'y z']],
  ['a text over lines', 'a: x\n  y\n\n  z\nb: 1', { a: 'x y\nz', b: 1 }],
  ['a quoted text over lines', 'a: "x\n  y\n\n  z"\nb: 1', { a: 'x y\nz', b: 1 }],
  ['one document', '--- # here\na: 1\n...\n', { a: 1 }],
  ['a pattern in quotes', `- "=~": '^db-[0-9]+$'`, [{ '=~': '^db-[0-9]+$' }]],
  ['line ends of Windows', 'a: 1\r\nb:\r\n  - x\r\n', { a: 1, b: ['x'] }],
];

const faults: readonly (readonly [name: string, text: string, said: RegExp, line: number])[] = [
  ['anchors', 'a: &x 1', /Anchors and aliases/, 1],
  ['aliases', 'a: 1\nb: *x', /Anchors and aliases/, 2],
  ['tags', 'a: !!str 1', /Tags/, 1],
  ['tabs', 'a:\n\tb: 1', /spaces, not of tabs/, 2],
  ['keys that are there twice', 'a: 1\nb: 2\na: 3', /'a' is there twice/, 3],
  ['the same in braces', '{a: 1, a: 2}', /'a' is there twice/, 1],
  ['several documents', 'a: 1\n---\nb: 2', /Several documents/, 2],
  ['what belongs to nothing', 'a:\n    b: 1\n  c: 2', /indented like nothing|Expected/, 3],
  ['a quote that is not closed', 'a: "x\nb: 1', /never closed/, 1],
  ['a bracket that is not closed', 'a: [1, 2\n', /never closed|Expected/, 2],
  ['a list behind its key', 'a: - b', /line of its own/, 1],
  ['a colon in an unquoted text', 'a: b: c', /needs quotes/, 1],
  ['complex keys', '? a\n: b', /several lines/, 1],
  ['directives', '%YAML 1.2\n---\na: 1', /Directives/, 1],
  ['escapes that are none', 'a: "\\q"', /no escape/, 1],
  ['more after a value', 'a: "x" y', /end of the line/, 1],
];

describe('YAML, as far as configuration is written in it', () => {
  it.each(cases)('reads %s', (_, text, value) => {
    expect(parseYaml(text)).toEqual(value);
  });

  it.each(faults)('refuses %s, and says where', (_, text, said, line) => {
    let found: unknown;
    try {
      parseYaml(text);
    } catch (fault) {
      found = fault;
    }
    expect(found).toBeInstanceOf(YamlFault);
    expect((found as YamlFault).message).toMatch(said);
    expect((found as YamlFault).line).toBe(line);
  });

  it('reads every JSON text as JSON does', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(undefined, 2), (text, space) => {
        const value: unknown = JSON.parse(text);
        expect(parseYaml(JSON.stringify(value, null, space))).toEqual(value);
      }),
    );
  });

  it('reads what is written in blocks', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('value'), { minLength: 1, maxLength: 4 }),
        fc.dictionary(fc.string({ minLength: 1 }), tie('value'), {
          minKeys: 1,
          maxKeys: 4,
          noNullPrototype: true,
        }),
      ),
    }));
    fc.assert(
      fc.property(value, (one) => {
        expect(parseYaml(written(one, 0))).toEqual(JSON.parse(JSON.stringify(one)));
      }),
    );
  });

  it('never fails otherwise, whatever it is given, and takes a time that grows with the text', () => {
    const odd = fc.array(
      fc.constantFrom(
        'a',
        ': ',
        '- ',
        '\n',
        '  ',
        '"',
        "'",
        '[',
        ']',
        '{',
        '}',
        ',',
        '#',
        '|',
        '>',
        ' ',
        '0',
        '\\',
        '&',
        '?',
      ),
    );
    fc.assert(
      fc.property(odd, (parts) => {
        try {
          parseYaml(parts.join(''));
        } catch (fault) {
          expect(fault).toBeInstanceOf(YamlFault);
        }
      }),
    );
    const before = process.cpuUsage().user;
    const blanks = ' '.repeat(200_000);
    expect(parseYaml(`a: "${blanks}x\n  y"`)).toEqual({ a: `${blanks}x y` });
    expect(parseYaml(`a: >\n${' x\n'.repeat(50_000)}`)).toEqual({ a: `${'x '.repeat(50_000).trim()}\n` });
    for (const part of ['a: b ', '- ', '[', '"', 'a#', ':a', ' :', '# ']) {
      try {
        parseYaml(part.repeat(200_000 / part.length));
      } catch (fault) {
        expect(fault).toBeInstanceOf(YamlFault);
      }
    }
    expect(process.cpuUsage().user - before).toBeLessThan(5_000_000);
  });
});

/** A value in block style, its texts in double quotes. */
function written(value: unknown, indent: number): string {
  const blanks = ' '.repeat(indent);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return value
      .map((one: unknown) => `\n${blanks}- ${written(one, indent + 2).replace(/^\n +/, '')}`)
      .join('');
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value);
  if (fields.length === 0) return '{}';
  return fields
    .map(([key, one]) => `\n${blanks}${JSON.stringify(key)}: ${written(one, indent + 2)}`)
    .join('');
}
