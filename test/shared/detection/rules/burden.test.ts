import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burdensIn } from '../../../../shared/configuration/index.ts';
import {
  burdensOf,
  inhibitionBurdensOf,
  inhibitionSchema,
  type Rule,
  ruleSchema,
} from '../../../../shared/detection/index.ts';

const rule = (i: number, more: object): Rule => ruleSchema.parse({ id: `r${i}`, name: 'R', ...more });
const rulesOf = (count: number, more: (i: number) => object): readonly Rule[] =>
  Array.from({ length: count }, (_, i) => rule(i, more(i)));

/** Counted far beyond what is taken: some that share their texts, some that have none. */
const dear = rulesOf(60, (i) => ({
  conditions: {
    alertPattern:
      i % 2 === 0
        ? `[ab]*a[ab]{${100 + i}}c`
        : `(alpha|beta${i % 5}).{0,${20 + i}}(x|y+)(gamma|delta${i % 7})`,
  },
}));

describe('[F64] inhibitions', () => {
  const dear = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      inhibitionSchema.parse({
        ...{ id: `i${i}`, source: 'alertname="Down"' },
        target: { field: 'description', occurs: `[ab]*a[ab]{${400 - i}}c` },
      }),
    );
  const cheap = Array.from({ length: 200 }, (_, i) =>
    inhibitionSchema.parse({
      id: `i${i}`,
      source: `alertname="Down${i}"`,
      target: 'alertname=~"Instance.*|Pod.*"',
    }),
  );

  it('that would take long for each alert are refused at the first that is too many', () => {
    const [burden] = inhibitionBurdensOf(dear(20));
    expect(burden?.rule).toBeLessThan(5);
    expect(burden?.message).toMatch(
      /^Some alert would take \d+\.\d ms to be matched by these inhibitions; at most 5 /,
    );
    expect(burdensIn({ rules: [], detection: { inhibitions: dear(20) } })[0]?.path.slice(0, 2)).toEqual([
      'detection',
      'inhibitions',
    ]);
  });

  it('as many as are allowed are taken when they ask little, and those in force always', () => {
    expect(inhibitionBurdensOf(cheap)).toEqual([]);
    expect(inhibitionBurdensOf(dear(20), dear(20))).toEqual([]);
  });
});

describe('[F64] rules in force that are dearer than what is taken', () => {
  it('may stay, and be fewer, off, in another order or with cheap ones beside them', () => {
    expect(burdensOf(dear)).toHaveLength(1);
    expect(burdensOf(dear, dear)).toEqual([]);
    fc.assert(
      fc.property(fc.shuffledSubarray([...dear]), fc.nat(dear.length - 1), (some, off) => {
        expect(burdensOf(some, dear)).toEqual([]);
        expect(burdensOf(dear.with(off, { ...rule(off, {}), enabled: false }), dear)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('are refused to become dearer, with what they take and what is allowed', () => {
    const more = [...dear, rule(60, { conditions: { alertPattern: '[ab]*a[ab]{400}c' } })];
    const [burden, ...others] = burdensOf(more, dear);
    expect([burden?.rule, others]).toEqual([60, []]);
    expect(burden?.message).toMatch(
      /^Some alert would take \d+\.\d ms .*; at most 5 are allowed, or the \d+\.\d that those in force take, which this one/,
    );
    expect(burdensOf(dear, dear.slice(0, -1))).toHaveLength(1);
  });

  it('may be as many that go on', () => {
    const going = rulesOf(120, () => ({ continue: true }));
    expect(burdensOf(going, going)).toEqual([]);
    expect(burdensOf([...going, rule(120, { continue: true })], going)).toEqual([
      { rule: 120, message: 'At most 120 rules may have continue: true' },
    ]);
  });

  it('may be watched, and what is watched decides only when it is not dear', () => {
    expect(burdensIn({ rules: [], shadow: { rules: dear } }, { rules: dear })).toEqual([]);
    expect(burdensIn({ rules: [], shadow: { rules: dear } }, { rules: [], shadow: { rules: dear } })).toEqual(
      [],
    );
    const [refused] = burdensIn({ rules: dear }, { rules: [], shadow: { rules: dear } });
    expect(refused?.path[0]).toBe('rules');
    expect(burdensIn({ rules: [], shadow: { rules: dear } })[0]?.path.slice(0, 2)).toEqual([
      'shadow',
      'rules',
    ]);
  });
});
