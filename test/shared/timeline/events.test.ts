import { describe, expect, it } from 'vitest';
import { isDecision, lanes, timelineOf } from '../../../shared/timeline/index.ts';
import { minutes } from '../../support/given.ts';
import {
  acknowledged,
  alert,
  alerts,
  bob,
  change,
  escalated,
  logOf,
  openedFact,
  said,
  sourcesOf,
} from './log.ts';

const events = (facts: ReturnType<typeof logOf>, more = {}) =>
  timelineOf(sourcesOf(facts, more), minutes(60)).events;
const pin = (seq: number) => ({ type: 'room.pinned', data: { seq, text: '', by: 'Ann' } }) as const;

describe('the events of a timeline', () => {
  it('merge the log, changes and pages, by when they happened', () => {
    const log = logOf([0, openedFact()], [0, escalated(1)], [3, acknowledged]);
    const page = { id: 'P#1', person: 'bob', channel: 'email', state: 'sent', at: minutes(1) } as const;
    const changes = [change(minutes(-5), { service: 'checkout', version: '4.2.0', by: 'Carl' })];
    expect(events(log, { changes, pages: [page] }).map(({ lane, text }) => [lane, text])).toEqual([
      ['changes', 'Deployed (checkout 4.2.0): Checkout 4.2.0, by Carl'],
      ['alerts', 'Ann opened the incident as P1 Critical.'],
      ['pages', 'Paged level 1: Ann.'],
      ['pages', 'Bob was told by email.'],
      ['response', 'Ann acknowledged. The escalation has stopped.'],
    ]);
  });

  it('tell when something happened and when it was learned', () => {
    const [opened, late] = logOf([0, openedFact()], [1, alerts(alert(-9, 'firing'))]);
    if (!opened || !late) throw new Error('Two facts');
    const told = events([opened, { ...late, occurredAt: minutes(-9) }]);
    expect(told[0]).toMatchObject({ at: minutes(-9), learnedAt: minutes(1), seq: 2 });
  });

  it('have of what was said only what is pinned and what was decided', () => {
    const log = logOf(
      [0, openedFact()],
      [1, said('hello')],
      [2, said('It is the deploy')],
      [3, said('Something else')],
      [4, said('Decision: we roll back'), bob],
      [5, pin(3)],
      [5, pin(4)],
      [6, { type: 'room.unpinned', data: { seq: 4 } }],
      [7, { type: 'incident.noted', data: { text: 'decided : page the vendor' } }],
      [8, { type: 'incident.noted', data: { text: 'for the record' } }],
    );
    expect(events(log).map(({ quote, key }) => [quote, key])).toEqual([
      [undefined, true],
      ['It is the deploy', true],
      ['Decision: we roll back', true],
      ['decided : page the vendor', true],
      ['for the record', false],
    ]);
  });

  it('take no word that only looks like a decision for one', () => {
    const [first, second] = logOf([0, said('We have decided: nothing')], [1, said('Decidedly: no')]);
    expect([first, second].map((fact) => fact && isDecision(fact))).toEqual([false, false]);
  });

  it('show a fact of a newer program, and none that only fills a number', () => {
    const newer = { type: 'incident.blessed', data: {} } as unknown as ReturnType<typeof openedFact>;
    const log = logOf([0, openedFact()], [1, newer], [2, { type: 'void', data: {} }]);
    expect(events(log).map(({ text }) => text)).toContain('Ann recorded “incident.blessed”.');
    expect(events(log)).toHaveLength(2);
  });

  it('are each in one of the rows', () => {
    const log = logOf(
      [0, openedFact()],
      [
        1,
        { type: 'status.told', data: { what: 'published', title: '', state: 'x', text: '', internal: true } },
      ],
      [
        1,
        {
          type: 'page.refused',
          data: { person: 'x', channel: 'email', generation: 1, step: 1, reason: 'y' },
        },
      ],
    );
    for (const { lane } of events(log)) expect(lanes).toContain(lane);
    expect(events(log).map(({ lane }) => lane)).toEqual(['alerts', 'status', 'pages']);
  });

  it('have every change, also of a kind that is not known here', () => {
    const odd = change(minutes(1), { kind: 'rain' as 'other' });
    expect(events(logOf([0, openedFact()]), { changes: [odd] })[1]).toMatchObject({
      text: 'Changed: Checkout 4.2.0',
      kind: 'change.rain',
    });
  });
});
