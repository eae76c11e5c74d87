import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../../shared/detection/index.ts';
import { costsOf, worstOf } from '../../../../shared/detection/rules/worst.ts';
import { patternOf } from '../../../../shared/kernel/index.ts';
import { anyRules } from '../../../support/any-rules.ts';

describe('what the worst alert may cost', () => {
  it('grows with each rule that is on, and is the same each time', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const costs = costsOf(rules);
        const totals = rules.map((_, i) => worstOf(costs.slice(0, i + 1)).total);
        expect(totals).toEqual(totals.toSorted((a, b) => a - b));
        expect(worstOf(costsOf(rules))).toEqual(worstOf(costs));
        expect(worstOf(costsOf(rules.map((one) => ({ ...one, enabled: false })))).total).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('counts a pattern once, and of texts as many as fit into the field', () => {
    const rules = (count: number, text: (i: number) => string) =>
      Array.from({ length: count }, (_, i) =>
        ruleSchema.parse({
          ...{ id: `r${i}`, name: 'R' },
          conditions: { when: { field: 'title', occurs: text(i) } },
        }),
      );
    const patternsOf = (count: number, text: (i: number) => string) =>
      worstOf(costsOf(rules(count, text))).patterns;
    expect(patternsOf(500, () => 'disk.*full')).toBe(1);
    expect(patternsOf(500, (i) => `[a-z]+(x|y)+${i % 7}`)).toBe(7);
    expect(patternsOf(500, (i) => `${i + 10_000}`)).toBe(50);
  });

  it('[F64] counts for labels that many patterns ask as many labels as an alert can have', () => {
    const asking = (labels: number, patterns: number) =>
      worstOf(
        costsOf(
          Array.from({ length: labels }, (_, l) =>
            ruleSchema.parse({
              ...{ id: `r${l}`, name: 'R' },
              conditions: {
                when: { any: Array.from({ length: patterns }, (_, p) => `l${l}=~"x[0-${p + 1}]"`) },
              },
            }),
          ),
        ),
      );
    expect(asking(200, 9).patterns).toBe(64 * 9);
    expect(asking(200, 9).always).toBeGreaterThan(asking(8, 9).always + 56 * 9 * 100 - 1);
  });

  it('[F64] counts more for each automaton where one alert is asked so many that their tables push each other out', () => {
    const totalOf = (count: number) =>
      worstOf(
        costsOf(
          Array.from({ length: count }, (_, i) =>
            ruleSchema.parse({
              id: `r${i}`,
              name: 'R',
              conditions: {
                when: `host=~"([a-f]x?)+[${i % 10}a][${Math.floor(i / 10) % 10}b][${Math.floor(i / 100) % 10}c][${Math.floor(i / 1_000)}d]"`,
              },
            }),
          ),
        ),
      ).total;
    expect(totalOf(1_200)).toBeGreaterThan(4.5 * totalOf(300));
    expect(totalOf(300)).toBeLessThan(3.2 * totalOf(100));
  });

  it('finds a pattern that ignores case by its fixed texts, also where it is the whole text', () => {
    const insensitive = patternOf('(?i).*number .*disk17.*', 'whole');
    expect(insensitive.needs).not.toEqual([]);
    expect(insensitive.lookedAt().cost.each).toBeLessThan(10);
    expect(['a Number of DISK17!', 'number disk18'].map((text) => insensitive.test(text))).toEqual([
      true,
      false,
    ]);
    expect(patternOf('^(?:(?i).*disk17.*)$', 'anywhere').lookedAt().cost.each).toBeLessThan(10);
  });

  it.each<[pattern: string, bySteps: number, lookedAt: number]>([
    ['disk', 1, 1],
    ['disk.*full', 6, 6],
    ['a.*b', 13, 13],
    ['connection pool .{0,5} number', 22, 22],
    ['[ab]{9}[ab]{1,9}c', 40, 40],
    ['(a+)+$', 55, 7],
    ['database.*(node|pod)-?7.*fail', 153, 9],
    ['request [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', 53, 9],
    ['(cpu|memory|disk) (usage|pressure) .*[0-9]{2,3}% on (host|node)-7', 376, 10],
    ['(?i)^\\[prod\\] (down|unreachable): .{1,40} #7$', 10, 10],
    ['(\\pL|\\d)+x', 49, 29],
    ['error.{0,40}timeout', 164, 164],
    ['(u+|x)x.{10}z', 128, 128],
    ['[ab]*a[ab]{100}c', 643, 643],
    ['[ab]*a[ab]{400}c', 2_443, 2_443],
  ])(
    '[F64] %s costs for each character %f ns by its steps, and %f when it is looked at',
    (pattern, ...costs) => {
      const { cost, lookedAt } = patternOf(pattern, 'anywhere');
      expect([cost().each, lookedAt().cost.each].map(Math.round)).toEqual(costs);
    },
  );

  it.each([
    '^q1|x.{40}z',
    'x[[:alpha:]]{20}z',
    '\\Q[\\Ex.{40}]',
    'x.{0,24}z',
    `x${'(?:x|a)'.repeat(20)}z`,
    '(u+|x)x.{40}z',
  ])('[F64] %s, whose automaton would grow for ever, costs its steps', (pattern) => {
    expect(patternOf(pattern, 'anywhere').lookedAt().cost.each).toBeGreaterThan(100);
  });
});
