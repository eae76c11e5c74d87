import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlacedYaml, parseYaml, YamlFault, yamlText } from '../../../shared/kernel/index.ts';

const rules = [
  {
    id: 'db-connections',
    name: 'Database: connections',
    description: 'First line\n\n- second',
    conditions: { when: { all: ['env=~"prod|live"', { field: 'title', occurs: 'a' }] }, threshold: 3 },
    group: { by: ['service', 'label:region'], window: 1200 },
    actions: {},
    enabled: false,
  },
  [],
  'no',
];

describe('YAML as it is written', () => {
  it('reads like what people write', () => {
    expect(yamlText(rules)).toBe(`- id: db-connections
  name: "Database: connections"
  description: |-
    First line

    - second
  conditions:
    when:
      all:
        - 'env=~"prod|live"'
        - field: title
          occurs: a
    threshold: 3
  group:
    by: [service, label:region]
    window: 1200
  actions: {}
  enabled: false
- []
- "no"
`);
  });

  it('is read as the same value', () => {
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'ab:-# \n\t,[]{}"\'|>&*!%@`0\\'), maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        'null',
        'True',
        '1e3',
        '0x1f',
        '~',
        '',
        '---',
        '...',
        '-',
        '?',
        '<<',
        '__proto__',
        '\ufeff',
      ),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        texts,
        fc.constantFrom(null, true, false, 0, -1.5, 1e21),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(texts, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(parseYaml(yamlText(value))).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the places of what was read', () => {
  const lineOf = (text: string, path: readonly PropertyKey[]) => parsePlacedYaml(text).placeOf(path);

  it('are those of keys and items, in blocks as in brackets', () => {
    const text = yamlText(rules);
    expect(lineOf(text, [0, 'conditions', 'threshold'])).toEqual({ line: 13, column: 5 });
    expect(lineOf(text, [0, 'conditions', 'when', 'all', 1, 'occurs'])).toEqual({ line: 12, column: 11 });
    expect(lineOf(text, [0, 'group', 'by', 1])).toEqual({ line: 15, column: 19 });
    expect(lineOf(JSON.stringify([{ a: 1 }, { b: [2, 3] }], undefined, 1), [1, 'b', 1])).toEqual({
      line: 8,
      column: 4,
    });
  });

  it('are those around what is not there', () => {
    expect(lineOf('a:\n  b: 1\n', ['a', 'c', 'd'])).toEqual({ line: 1, column: 1 });
    expect(lineOf('- x\n- y: 1\n', [1, 'y', 0])).toEqual({ line: 2, column: 3 });
    expect(lineOf('', ['a'])).toEqual({ line: 1, column: 1 });
    expect(() => parsePlacedYaml('a: [1')).toThrow(YamlFault);
  });
});
