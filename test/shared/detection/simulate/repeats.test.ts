import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal, SignalsMessage } from '../../../../shared/alerts/index.ts';
import { differenceOf, Replay, type Rule, ruleSchema } from '../../../../shared/detection/index.ts';
import { ruleSetOf } from '../../../../shared/detection/rules/compile.ts';
import { HOUR } from '../../../../shared/kernel/index.ts';
import { anyRules } from '../../../support/any-rules.ts';
import { epoch, org, post, signal } from '../../../support/signals.ts';

/** What comes of signals that are received when they happen, and how many alerts were tried for it. */
function played(rules: readonly Rule[], messages: readonly SignalsMessage[], isEach = false) {
  const own = [...rules];
  const set = ruleSetOf(own);
  if (isEach) Object.assign(set, { carry: () => undefined });
  const replay = new Replay(org, own);
  for (const message of messages) replay.receive(message);
  return { outcome: replay.finish(epoch + 24 * HOUR), tried: set.tried() };
}

/** An alert that is told again and again, now and then with other words, and ends at times. */
const anySignals = fc
  .array(
    fc.record({
      name: fc.constantFrom('a', 'b'),
      state: fc.constantFrom('firing', 'firing', 'firing', 'resolved'),
      wait: fc.integer({ min: 1, max: 2_000 }),
      isSameTime: fc.boolean(),
      said: fc.record(
        {
          title: fc.constantFrom('disk full', 'dev'),
          service: fc.constantFrom('payments', 'prod'),
          severity: fc.constantFrom('P1_CRITICAL', 'P4_LOW'),
          labels: fc.dictionary(fc.constantFrom('env', 'team'), fc.constantFrom('prod', 'dev'), {
            maxKeys: 2,
          }),
        },
        { requiredKeys: [] },
      ),
    }),
    { maxLength: 25 },
  )
  .map((all): readonly SignalsMessage[] => {
    let at = 0;
    const last = new Map<string, number>();
    return all.map(({ name, state, wait, isSameTime, said }) => {
      at += wait;
      const time = isSameTime && state === 'firing' ? (last.get(name) ?? at) : at;
      last.set(name, time);
      const one = signal(name, state as 'firing' | 'resolved', time, said as Partial<Signal>);
      return { ...post(one), receivedAt: epoch + at * 1_000 };
    });
  });

describe('what is told again', () => {
  it('makes the same report as when each signal is tried by itself', () => {
    fc.assert(
      fc.property(anyRules, anyRules, anySignals, (active, draft, signals) => {
        const [a, b] = [played(active, signals), played(draft, signals)];
        const [each, other] = [played(active, signals, true), played(draft, signals, true)];
        expect(differenceOf(a.outcome, b.outcome)).toEqual(differenceOf(each.outcome, other.outcome));
        expect(a.outcome).toEqual(each.outcome);
        expect(a.tried).toBeLessThanOrEqual(each.tried);
      }),
      { numRuns: 300 },
    );
  });

  it('is tried once, and again when it says something else', () => {
    const rules = [ruleSchema.parse({ id: 'r', name: 'R', conditions: { when: 'env="prod"' } })];
    const many = Array.from({ length: 500 }, (_, i) => signal('a', 'firing', i * 60));
    const told = many.map((one) => post(one));
    expect([played(rules, told).tried, played(rules, told, true).tried]).toEqual([1, 500]);
    const changing = many.map((one, i) => post({ ...one, labels: { env: i < 250 ? 'prod' : 'dev' } }));
    expect(played(rules, changing).tried).toBe(2);
  });
});
