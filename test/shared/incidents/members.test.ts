import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertView } from '../../../shared/incidents/alerts-api.ts';
import {
  type AlertsFold,
  foldAlerts,
  type LoggedFact,
  membersIn,
  noAlerts,
  summarizeAlerts,
  viewAlert,
} from '../../../shared/incidents/index.ts';
import { idOf } from '../../../shared/kernel/index.ts';
import { ann, inc, minutes, org, T0 } from '../../support/given.ts';

const logged = (seq: number, fact: object): LoggedFact =>
  ({
    ...{ id: idOf('fact', T0, String(seq)), org, incidentId: inc, seq, recordedAt: T0, actor: ann },
    ...{ occurredAt: T0, ...fact },
  }) as LoggedFact;

const entry = (fingerprint: string, state: string) => ({
  ...{ fingerprint, state, title: 'p99', severity: 'P2_HIGH', at: T0 },
});

const alerts = (seq: number, ...entries: readonly (readonly [string, string])[]): LoggedFact =>
  logged(seq, {
    type: 'alerts.changed',
    data: { why: 'service=checkout', entries: entries.map((one) => entry(...one)) },
  });

const facts = [
  alerts(2, ['b', 'firing'], ['a', 'firing']),
  alerts(5, ['b', 'resolved'], ['c', 'acknowledged']),
  logged(4, { type: 'incident.noted', data: { text: 'looking' } }),
];

const folded = (log: readonly LoggedFact[]): AlertsFold => foldAlerts(noAlerts, log);

describe('the alerts of an incident', () => {
  it('are each there once, as the last fact has them and in the order of joining, whatever order the facts come in', () => {
    const expected = [entry('b', 'resolved'), entry('a', 'firing'), entry('c', 'acknowledged')];
    expect(membersIn(folded(facts))).toEqual(expected);
    expect(membersIn(folded(facts.toReversed()))).toEqual(expected);
    expect(membersIn(noAlerts)).toEqual([]);
  });
  it('are followed by those of an incident that was merged into it, of which its own log has the last word', () => {
    const absorbed = [alerts(2, ['a', 'resolved'], ['d', 'firing'])];
    expect(
      membersIn(folded(facts), [folded(absorbed)]).map(({ fingerprint, state }) => [fingerprint, state]),
    ).toEqual([
      ['b', 'resolved'],
      ['a', 'firing'],
      ['c', 'acknowledged'],
      ['d', 'firing'],
    ]);
  });
  it('are the same however the log is read, in parts and parts of it again', () => {
    const words = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('firing', 'resolved'));
    const log = fc
      .array(fc.array(words, { minLength: 1, maxLength: 3 }), { maxLength: 12 })
      .map((chunks) => chunks.map((chunk, i) => alerts(i + 1, ...chunk)));
    const parts = fc.array(fc.nat({ max: 12 }), { maxLength: 5 });
    fc.assert(
      fc.property(log, parts, (whole, cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), whole.length];
        const read = ends.reduce(
          (fold, end) => foldAlerts(fold, whole.slice(Math.max(0, fold.last - 1), end)),
          noAlerts,
        );
        expect(membersIn(read)).toEqual(membersIn(folded(whole)));
        expect(read.last).toBe(whole.length);
      }),
    );
  });
  it('are counted by state', () => {
    expect(summarizeAlerts(membersIn(folded(facts)))).toEqual({
      total: 3,
      firing: 1,
      acknowledged: 1,
      resolved: 1,
    });
    expect(summarizeAlerts([])).toEqual({ total: 0, firing: 0, acknowledged: 0, resolved: 0 });
  });
  it('are shown with how often they were received and when last, where that is known', () => {
    const [first] = membersIn(folded(facts));
    if (!first) throw new Error('no member');
    const plain = { ...entry('b', 'resolved'), at: '2026-11-02T09:00:00.000Z', labels: {}, links: [] };
    expect(viewAlert(first, {})).toEqual(plain);
    expect(viewAlert(first, { count: { received: 0, lastAt: 0 } })).toEqual({ ...plain, received: 0 });
    const described = { labels: { host: 'db-1' }, links: [{ href: 'https://x.example', text: 'Graph' }] };
    const view = viewAlert(first, { described, count: { received: 7, lastAt: minutes(2) } });
    expect(view).toEqual({
      ...plain,
      ...described,
      received: 7,
      lastReceivedAt: '2026-11-02T09:02:00.000Z',
    });
    expect(alertView.safeParse(view).error).toBeUndefined();
  });
});

describe('the incidents that were merged into one', () => {
  it('are named by its log, each once', () => {
    const other = idOf('incident', T0, 'other');
    const absorbed = (seq: number) => logged(seq, { type: 'incident.absorbed', data: { from: other } });
    expect(folded([...facts, absorbed(6), absorbed(7)]).absorbed).toEqual([other]);
    expect(folded(facts).absorbed).toEqual([]);
  });
});
