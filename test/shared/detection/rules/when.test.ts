import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../../shared/detection/index.ts';
import { conditionText } from '../../../../shared/detection/rules/condition.ts';
import { readMatchers } from '../../../../shared/detection/rules/matcher-text.ts';
import { readWhen } from '../../../../shared/detection/rules/when.ts';
import { anyMatchers, anyWhen } from '../../../support/any-condition.ts';

const refusal = (text: string) => {
  const found = readMatchers(text);
  return 'refused' in found ? found.refused : undefined;
};

const faultsOf = (conditions: unknown) =>
  (ruleSchema.safeParse({ id: 'r', name: 'R', conditions }).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

const deep = (levels: number): unknown => (levels === 0 ? 'env="prod"' : { not: deep(levels - 1) });

describe('matchers in text', () => {
  it('are read as Alertmanager writes them', () => {
    expect(readMatchers('{env="prod", team=~"pay.*",name!~"te\\"st",}')).toEqual({
      value: {
        is: 'all',
        of: [
          { is: 'equal', subject: { label: 'env' }, value: 'prod' },
          { is: 'match', subject: { label: 'team' }, pattern: 'pay.*' },
          { is: 'not', of: { is: 'match', subject: { label: 'name' }, pattern: 'te"st' } },
        ],
      },
    });
    expect(readMatchers(' env = prod ')).toEqual({
      value: { is: 'equal', subject: { label: 'env' }, value: 'prod' },
    });
  });

  it('name fields with an @ and labels of any name in quotes', () => {
    expect(readMatchers('@title="x"')).toEqual({
      value: { is: 'equal', subject: { field: 'title' }, value: 'x' },
    });
    expect(readMatchers('"@title"="x"')).toEqual({
      value: { is: 'equal', subject: { label: '@title' }, value: 'x' },
    });
    expect(readMatchers('title="x"')).toEqual({
      value: { is: 'equal', subject: { label: 'title' }, value: 'x' },
    });
  });

  it('compare severities by their short and whole names', () => {
    const high = { value: { is: 'severity', at: 'least', than: 'P2_HIGH' } };
    expect(readMatchers('severity at least P2')).toEqual(high);
    expect(readMatchers('@severity at least p2_high')).toEqual(high);
    expect(readMatchers('@severity="P2"')).toEqual(readMatchers('@severity="P2_HIGH"'));
  });

  it('say the same when they are written anew', () => {
    fc.assert(
      fc.property(anyMatchers, (matchers) => {
        const text = conditionText(matchers).replaceAll(' and ', ', ');
        fc.pre(conditionText(matchers) === text.replaceAll(', ', ' and '));
        expect(readMatchers(text)).toEqual({ value: matchers });
      }),
    );
  });

  it.each([
    ['', 'it ends where the name of a label, or a field with @ is allowed'],
    ['env', 'it ends where one of =~ !~ != = is allowed'],
    ['env=', 'it ends where a value, in double quotes unless it is one plain word is allowed'],
    ['env=="x"', '"=\\"x\\"" stands at character 5 where a value'],
    ['env="x', 'the quotes at character 5 are not closed'],
    ['env="x" team="y"', '"team=\\"y\\"" stands at character 9 where a comma or the end is allowed'],
    ['{env="x"', 'it ends where a comma or } is allowed'],
    ['@titel="x"', '"@titel" at character 1 is no field; allowed are @title, @description'],
    ['@serivce="x"', "in quotes; did you mean '@service'?"],
    ['name=~"a(b"', 'the value at character 7 is not a pattern at character 2: missing closing )'],
    ['name=~"a(b"', 'at character 2: '],
    ['@severity="urgent-ish"', 'is no severity; allowed is P1 to P5'],
    ['[M1] severity at least upstream_down', 'stands at character 1'],
    ['severity at least P9', '"P9" is no severity; allowed is P1 to P5'],
  ])('%s is refused in words, with its place', (text, words) => {
    expect(refusal(text)).toContain(words);
  });

  it('no text makes the reader throw', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof readMatchers(text) === 'object'));
  });
});

describe('conditions', () => {
  it('are kept as they are written', () => {
    fc.assert(
      fc.property(anyWhen, (when) => {
        expect(ruleSchema.parse({ id: 'r', name: 'R', conditions: { when } }).conditions.when).toEqual(when);
      }),
    );
  });

  it.each([
    [{ when: 7 }, 'conditions.when: Got 7; a condition is a text'],
    [{ when: {} }, 'conditions.when: Got field nothing'],
    [{ when: { all: [] } }, "conditions.when.all: Got an empty list; 'all' takes a list"],
    [{ when: { all: ['env="x"'], any: ['a="b"'] } }, "conditions.when: 'all' stands alone"],
    [{ when: { any: ['env="x"', { not: 'y' }] } }, 'conditions.when.any.1.not: In "y" it ends where'],
    [{ when: { field: 'name', is: 'x' } }, 'fields are @title'],
    [{ when: { field: 'host', is: 'x' } }, 'For a label say {"label": "host", …}'],
    [{ when: { label: 'env' } }, 'allowed is one of is, isNot, matches'],
    [{ when: { label: 'env', is: 'x', matches: 'y' } }, 'allowed is one of is'],
    [{ when: { label: 'env', atLeast: 'P1' } }, "'atLeast' compares the field severity alone"],
    [{ when: { field: 'title', matches: '(' } }, 'at character 1: '],
    [{ when: deep(9) }, 'Conditions are nested deeper than 8'],
    [{ when: deep(500) }, 'Conditions are nested deeper than 8'],
    [{ when: { all: Array(101).fill('a="b"') } }, 'Got 101 conditions; at most 100'],
    [
      { when: { all: [{ any: Array(60).fill('a="b"') }, { any: Array(60).fill('a="b"') }] } },
      'There are 120',
    ],
  ])('%j is refused with its place', (conditions, words) => {
    expect(faultsOf(conditions).join('\n')).toContain(words);
  });

  it('all faults are told together', () => {
    expect(faultsOf({ when: { all: ['x', 'y'] } })).toHaveLength(2);
  });

  it('nothing makes the reader throw', () => {
    fc.assert(fc.property(fc.anything(), (said) => Array.isArray(readWhen(said).faults)));
  });
});
