import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchRule, ruleSchema } from '../../../shared/detection/index.ts';
import { patternFault } from '../../../shared/kernel/index.ts';
import { integration, signal } from '../../support/signals.ts';

const from = { source: 'generic', integration, receipt: 'r', receivedAt: 0 } as const;
const firing = (title: string, more = {}) => ({ signal: signal('a', 'firing', 0, { title, ...more }), from });

describe('rules', () => {
  it('the seed of a rule is enough: everything else has a default', () => {
    const rule = ruleSchema.parse({ id: 'r1', name: 'Rule' });
    expect(rule).toMatchObject({
      enabled: true,
      conditions: { threshold: 1, timeWindow: 300 },
      group: { by: ['service'], window: 1_200 },
    });
  });

  it('the first enabled rule that matches decides, and says why', () => {
    const off = ruleSchema.parse({ id: 'off', name: 'Off', enabled: false });
    const database = ruleSchema.parse({
      id: 'db',
      name: 'Database',
      conditions: { alertPattern: 'DATABASE.*fail' },
    });
    const rest = ruleSchema.parse({ id: 'rest', name: 'Rest' });
    const match = matchRule([off, database, rest], firing('database connection failed'));
    expect(match.rule.id).toBe('db');
    expect(match.why).toBe(
      "Rule 'Database' (its pattern 'DATABASE.*fail' occurs in title or description); grouped by service=checkout",
    );
    expect(matchRule([off, database, rest], firing('disk full')).rule.id).toBe('rest');
    expect(matchRule([off], firing('disk full')).rule.id).toBe('default');
  });

  it('groups by labels, and values cannot run into each other', () => {
    const rule = ruleSchema.parse({ id: 'l', name: 'L', group: { by: ['label:a', 'label:b'] } });
    const hash = (labels: Record<string, string>) => matchRule([rule], firing('x', { labels })).hash;
    expect(hash({ a: '1', b: '2' })).not.toBe(hash({ a: '1,b=2' }));
    expect(hash({ a: '1', b: '2' })).toBe(hash({ b: '2', a: '1' }));
  });

  it('a pattern that cannot run in linear time is refused with the reason', () => {
    const parsed = ruleSchema.safeParse({ id: 'r', name: 'R', conditions: { alertPattern: '(?<=x)y' } });
    expect(parsed.success).toBe(false);
    expect(patternFault('a(b')).toMatch(/missing closing \)|unmatched/i);
    expect(patternFault('a.*b')).toBeUndefined();
  });

  it('a pattern that would take for ever elsewhere answers at once', () => {
    const rule = ruleSchema.parse({ id: 'r', name: 'R', conditions: { alertPattern: '(a+)+b$' } });
    expect(matchRule([rule], firing(`${'a'.repeat(20_000)}!`)).rule.id).toBe('default');
  });

  it.each([
    ['threshold 0', { conditions: { threshold: 0 } }],
    ['a window of ten years', { conditions: { timeWindow: 315_360_000 } }],
    ['a grouping window below the hold time', { group: { window: 60 } }],
    ['a grouping window below the time window', { conditions: { threshold: 2, timeWindow: 7_200 } }],
    ['an unknown property', { tenantId: 'x' }],
  ])('%s is refused', (_, more) => {
    expect(ruleSchema.safeParse({ id: 'r', name: 'R', ...more }).success).toBe(false);
  });

  it('no pattern makes the check throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => ['string', 'undefined'].includes(typeof patternFault(text))),
    );
  });
});
