import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  burdensOf,
  compileRules,
  type Received,
  type Rule,
  ruleSchema,
} from '../../../../shared/detection/index.ts';
import { AlertTexts } from '../../../../shared/detection/rules/alert-texts.ts';
import { Candidates, mark } from '../../../../shared/detection/rules/candidates.ts';
import { patternOf } from '../../../../shared/kernel/index.ts';
import { integration, signal } from '../../../support/signals.ts';

const from = { source: 'generic', integration, receipt: 'r', receivedAt: 0 } as const;
const alert = (more: object): Received => ({ signal: signal('a', 'firing', 0, more), from });
const rulesOf = (...rules: readonly object[]): readonly Rule[] =>
  rules.map((one, i) => ruleSchema.parse({ id: `r${i}`, name: 'R', ...one }));
const times = <One>(count: number, rule: (i: number) => One): readonly One[] =>
  Array.from({ length: count }, (_, i) => rule(i));
const setting = (set: (i: number) => object) => (i: number) => ({ continue: true, actions: { set: set(i) } });

afterEach(() => {
  vi.restoreAllMocks();
});

describe('[F64] what a set of rules is spared', () => {
  const rest = times(1_000, () => ({ conditions: { when: { all: ['env="prod"', 'team!="x"'] } } }));

  it.each<[string, (i: number) => object]>([
    ['severity', (i) => ({ severity: i % 2 ? 'P1_CRITICAL' : 'P2_HIGH' })],
    ['title', (i) => ({ title: `title ${i}` })],
    ['service', (i) => ({ service: `service-${i}` })],
  ])('a %s that 100 rules set brings nothing anew that nothing asks of it', (_, set) => {
    const rules = rulesOf(...times(100, setting(set)), ...rest);
    expect(burdensOf(rules)).toEqual([]);
    const compiled = compileRules(rules);
    const brought = vi.spyOn(Candidates.prototype, 'bring');
    const texts = vi.spyOn(AlertTexts.prototype, 'found');
    expect(compiled.match(alert({ labels: { env: 'prod', team: 'x' } })).rule.id).toBe('default');
    const rulesBrought = brought.mock.calls.reduce((all, [found]) => all + found.length, 0);
    expect(rulesBrought).toBe(1_000);
    // Of the ten things that an alert says at most two are looked at again.
    expect(texts.mock.calls.length).toBeLessThan(2 * (10 + 2 * 100));
  });

  it('places of rules are read in order, and a list that was brought is not read again', () => {
    const places = fc.array(fc.nat(400), { maxLength: 60 });
    fc.assert(
      fc.property(places, fc.array(places), (always, lists) => {
        const words = new Uint32Array(13);
        for (const place of always) mark(words, place);
        const candidates = new Candidates(words);
        for (const list of lists) candidates.bring(list);
        const read: number[] = [];
        for (let at = candidates.after(-1); at !== undefined; at = candidates.after(at)) read.push(at);
        expect(read).toEqual([...new Set([...always, ...lists.flat()])].toSorted((a, b) => a - b));
        for (const list of lists.filter(({ length }) => length > 0)) {
          list.push(401);
          candidates.bring(list);
        }
        expect(candidates.after(400)).toBeUndefined();
      }),
    );
  });

  it('a pattern is not asked of a label that is not there, whatever it says of an empty text', () => {
    const patterns = times(20, (i) => `[x-z]?[0-${(i % 9) + 1}]${i < 10 ? '?' : ''}`);
    const rules = rulesOf(
      ...patterns.map((pattern, i) => ({
        conditions: { when: { all: [`l${i}=~"${pattern}"`, 'env="prod"'] } },
      })),
    );
    const compiled = compileRules(rules);
    const asked = patterns.map((pattern) => vi.spyOn(patternOf(pattern, 'whole'), 'test'));
    const ruleOf = (labels: object) => compiled.match(alert({ labels: { env: 'prod', ...labels } })).rule.id;
    expect(ruleOf({})).toBe('r0');
    expect(asked.every(({ mock }) => mock.calls.length === 0)).toBe(true);
    const none = Object.fromEntries(times(10, (i) => [`l${i}`, 'no'] as const));
    expect(ruleOf({ ...none, l15: 'y1' })).toBe('r15');
    expect(ruleOf({ ...none, l15: 'no' })).toBe('default');
  });
});
