import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  explainMatch,
  matchRule,
  type Received,
  type Rule,
  ruleSchema,
} from '../../../../shared/detection/index.ts';
import { anyReceived, anyRules } from '../../../support/any-rules.ts';
import { integration, signal } from '../../../support/signals.ts';

const from = { source: 'generic', integration, receipt: 'r', receivedAt: 0 } as const;
const firing = (title: string, more = {}): Received => ({
  signal: signal('a', 'firing', 0, { title, ...more }),
  from,
});
const rules = (all: readonly object[]): Rule[] =>
  all.map((one, i) => ruleSchema.parse({ id: `r${i}`, name: `Rule ${i}`, ...one }));

describe('the explanation of a match', () => {
  it('tells each rule in order, what it asked and what it saw', () => {
    const explained = explainMatch(
      rules([
        { enabled: false },
        { conditions: { when: { all: ['env="prod"', { not: { field: 'title', occurs: 'disk' } }] } } },
        { continue: true, conditions: { when: 'env=~"p.*"' }, actions: { set: { severity: 'P1_CRITICAL' } } },
        { conditions: { alertPattern: 'cpu' } },
        { conditions: { when: { any: ['team="a"', 'severity at least P2'] } } },
      ]),
      firing('Disk full', { labels: { env: 'prod' } }),
    );
    expect(explained.tried).toEqual([
      {
        ...{ rule: 'r1', name: 'Rule 1', outcome: 'no' },
        leaves: [{ asks: "not 'disk' occurs in @title", saw: 'Disk full', holds: false }],
      },
      {
        ...{ rule: 'r2', name: 'Rule 2', outcome: 'sets' },
        leaves: [{ asks: 'env=~"p.*"', saw: 'prod', holds: true }],
      },
      {
        ...{ rule: 'r3', name: 'Rule 3', outcome: 'no' },
        leaves: [{ asks: "'cpu' occurs in title or description", saw: 'Disk full', holds: false }],
      },
      {
        ...{ rule: 'r4', name: 'Rule 4', outcome: 'decides' },
        leaves: [
          { asks: 'team="a"', saw: '', holds: false },
          { asks: 'severity at least P2_HIGH', saw: 'P1_CRITICAL', holds: true },
        ],
      },
    ]);
    expect(explained.match.severity).toBe('P1_CRITICAL');
  });

  it('comes to what the rule set does, and each rule that fails has its reason', () => {
    fc.assert(
      fc.property(anyRules, anyReceived, (some, alert) => {
        const { tried, match } = explainMatch(some, alert);
        expect(match).toEqual(matchRule(some, alert));
        expect(tried.at(-1)).toMatchObject({ rule: match.rule.id, outcome: 'decides' });
        for (const { outcome, leaves } of tried)
          if (outcome === 'no') expect(leaves).toMatchObject([{ holds: false }]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is bounded for 10,000 rules, and long values are shortened', () => {
    const all = rules(
      Array.from({ length: 10_000 }, (_, i) => ({ conditions: { when: `@description="t${i}"` } })),
    );
    const explained = explainMatch(all, firing('x', { description: 'y'.repeat(1_000) }));
    expect(explained.tried).toHaveLength(101);
    expect(explained.moreTried).toBe(9_900);
    expect(JSON.stringify(explained).length).toBeLessThan(50_000);
  });
});
