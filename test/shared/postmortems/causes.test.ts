import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, distanceTo, likeness } from '../../../shared/postmortems/index.ts';
import { minutes } from '../../support/given.ts';
import {
  acknowledged,
  alert,
  alerts,
  bob,
  change,
  logOf,
  mitigated,
  openedFact,
  resolved,
  said,
  type Told,
} from '../timeline/log.ts';
import { deployed, type Given, given, other, rolledBack } from './given.ts';

const analysis = (more: Given) => analyse(given(more));
const titles = (more: Given) => analysis(more).hypotheses.map(({ title }) => title);
const quiet: readonly Told[] = [
  [0, openedFact()],
  [0, alerts(alert(-1, 'firing'))],
  [4, acknowledged],
  [40, mitigated],
  [41, resolved],
];

describe('a cause', () => {
  it('[M16] is inconclusive without data, and no story is told', () => {
    expect(analysis({ told: quiet })).toEqual({
      verdict: 'INCONCLUSIVE',
      why: 'Nothing on record points to a cause.',
      hypotheses: [],
    });
  });

  it('is confirmed when it came right before the harm, which ended when it was taken back', () => {
    const { verdict, hypotheses } = analysis({ changes: [deployed] });
    expect(verdict).toBe('CONFIRMED');
    expect(hypotheses[0]?.supports.map(({ text }) => text)).toEqual([
      'It was done 2 min before the harm began.',
      'It changed checkout, the service that failed.',
      'The harm ended 5 min after something was taken back.',
    ]);
  });

  it('is not confirmed by what was taken back before the incident was opened again, which speaks against it', () => {
    const reopened = { type: 'incident.reopened', data: { generation: 2, reason: 'alert-fired' } } as const;
    const told: readonly Told[] = [
      ...rolledBack,
      [30, reopened],
      [30, alerts(alert(30, 'firing'))],
      [35, alerts(alert(35, 'resolved'))],
      [36, resolved],
    ];
    const undone = change(minutes(9), { title: 'Roll back of the basket', service: 'checkout' });
    const { verdict, hypotheses } = analysis({ told, changes: [deployed, undone] });
    expect(verdict).not.toBe('CONFIRMED');
    expect(hypotheses[0]).toMatchObject({ recovered: false });
    expect(hypotheses[0]?.contradicts.map(({ text }) => text)).toContain(
      'The incident was opened again 21 min after something was taken back.',
    );
  });

  it('is only likely when nothing was taken back, however near it was', () => {
    const { verdict, why } = analysis({ told: quiet, changes: [deployed] });
    expect([verdict, why]).toEqual([
      'LIKELY',
      expect.stringContaining('nothing shows that the harm ended with it'),
    ]);
  });

  it('is not likely when it came hours before, and that speaks against it', () => {
    const old = { ...deployed, at: minutes(-200) };
    const { verdict, hypotheses } = analysis({ told: quiet, changes: [old] });
    expect(verdict).toBe('INCONCLUSIVE');
    expect(hypotheses[0]?.contradicts[0]?.text).toContain('It had been in place for 3 h 19 min without harm');
  });

  it('is none that came after the harm had begun, or that took something back', () => {
    const changes = [{ ...deployed, at: minutes(2) }, change(minutes(-2), { title: 'Revert of search' })];
    expect(titles({ changes })).toEqual([]);
  });

  it('is the likelier the nearer its service is', () => {
    const at = minutes(-3);
    const changes = ['checkout', 'database', 'search'].map((service) =>
      change(at, { service, title: service }),
    );
    const dependsOn = new Map([['checkout', ['database']]]);
    const { hypotheses } = analysis({ told: quiet, changes, dependsOn });
    expect(hypotheses.map(({ title }) => title)).toEqual(['checkout', 'database', 'search']);
    expect(hypotheses[2]?.contradicts[0]?.text).toContain('not known to depend on');
  });

  it('is inconclusive between two that are about as near, also when something was taken back', () => {
    const changes = [deployed, change(minutes(-4), { service: 'checkout', version: '9', title: 'Flags' })];
    const told = rolledBack.map((one): Told => (one[0] === 9 ? [9, said('rolled back'), bob] : one));
    expect(analysis({ told, changes })).toMatchObject({
      verdict: 'INCONCLUSIVE',
      why: 'Several causes are about as likely.',
    });
  });

  it('is not confirmed by taking back another change, nor by what an alert says', () => {
    const search = change(minutes(-3), { service: 'search', version: '1.9', title: 'Search' });
    const told = rolledBack.map((one): Told => (one[0] === 9 ? [9, said('roll back search 1.9'), bob] : one));
    expect(analysis({ told, changes: [deployed, search] }).hypotheses[0]).toMatchObject({ recovered: false });
    const lying = { ...alert(5, 'firing', 'z'), title: 'rolled back checkout 4.2.0' };
    const by = [...quiet.slice(0, 3), [35, alerts(lying)] as Told, ...quiet.slice(3)];
    expect(analysis({ told: by, changes: [deployed] }).verdict).toBe('LIKELY');
  });

  it('gains by an alert that names its version', () => {
    const of = (labels: Given['labels']) =>
      analysis({ told: quiet, changes: [deployed], ...(labels && { labels }) }).hypotheses[0];
    const named = of([{ deploy: '4.2.0' }]);
    expect(named?.score).toBeGreaterThan(of([{ deploy: '4.1' }])?.score ?? 1);
    expect(named?.supports.map(({ text }) => text)).toContain(
      'An alert names this very version: deploy=4.2.0.',
    );
  });

  it('may be an incident of what the service depends on', () => {
    const dependsOn = new Map([['checkout', ['database']]]);
    const others = [
      other('INC-7', minutes(-10), { service: 'database', resolvedAt: minutes(38) }),
      other('INC-8', minutes(-10), { service: 'search' }),
      other('INC-9', minutes(-50), { service: 'database', resolvedAt: minutes(-20) }),
      other('INC-10', minutes(5), { service: 'database' }),
    ];
    const { verdict, hypotheses } = analysis({ told: quiet, dependsOn, others });
    expect(hypotheses).toMatchObject([{ title: 'database: Database is slow (INC-7)', recovered: true }]);
    expect(verdict).toBe('CONFIRMED');
  });

  it('may be what an incident like it was due to, but that alone is never likely', () => {
    const past = [
      other('INC-3', minutes(-9_000), { title: 'Checkout p99 is high', cause: 'A missing index' }),
      other('INC-4', minutes(-9_000), { title: 'Disk is full' }),
    ];
    expect(analysis({ told: quiet, past })).toMatchObject({
      verdict: 'INCONCLUSIVE',
      hypotheses: [{ title: 'A missing index' }],
    });
  });

  it('may be where it began, where several alerts fired', () => {
    const first = { ...alert(-4, 'firing', 'b'), title: 'Queue is long' };
    const told: readonly Told[] = [
      [0, openedFact()],
      [0, alerts(alert(-1, 'firing'), first)],
    ];
    expect(titles({ told })).toEqual(['It began with “Queue is long”']);
  });

  it('names what shows each of its sentences, is the same each time, and never confirmed without recovery', () => {
    const at = fc.integer({ min: -400, max: 30 }).map(minutes);
    const some = fc.record({ at, service: fc.constantFrom('checkout', 'database', 'search', undefined) });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), fc.boolean(), (made, back) => {
        const changes = made.map(({ at: when, service }, i) =>
          change(when, { title: `Change ${i}`, service }),
        );
        const told = back ? rolledBack : quiet;
        const found = analysis({ told, changes });
        expect(analysis({ told, changes: changes.toReversed() })).toEqual(found);
        const known = new Set([...logOf(...told).map(({ id }) => id), ...changes.map(({ id }) => id)]);
        for (const { supports, contradicts, score } of found.hypotheses) {
          expect(score >= 0 && score <= 1).toBe(true);
          for (const { cites } of [...supports, ...contradicts]) {
            expect(cites.length).toBeGreaterThan(0);
            expect(cites.every((cite) => known.has(cite))).toBe(true);
          }
        }
        if (found.verdict === 'CONFIRMED') expect(found.hypotheses[0]?.recovered).toBe(true);
        if (found.hypotheses.length === 0) expect(found.verdict).toBe('INCONCLUSIVE');
      }),
    );
  });
});

describe('services', () => {
  it('are as far apart as their dependencies say, also when these go round', () => {
    const dependsOn = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['d', ['a']],
    ]);
    expect(['a', 'b', 'd', 'x'].map((to) => distanceTo('a', to, dependsOn))).toEqual([0, 1, 2, undefined]);
  });
});

describe('titles', () => {
  it('are alike by their words, not by their numbers', () => {
    expect(likeness('Checkout latency is high', 'checkout: high latency')).toBe(1);
    expect(likeness('Disk 99 full', 'Checkout 99')).toBe(0);
    expect(likeness('', '')).toBe(0);
  });
});
