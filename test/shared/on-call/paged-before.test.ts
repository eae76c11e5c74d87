import { describe, expect, it } from 'vitest';
import type { ControlFact, LoggedFact } from '../../../shared/incidents/index.ts';
import { idOf } from '../../../shared/kernel/index.ts';
import {
  type Delivery,
  escalationTold,
  type PagedBefore,
  pagingOf,
  planDeliveries,
  type Step,
} from '../../../shared/on-call/index.ts';
import { ann, inc, incidentAfter, minutes, opened, org, T0 } from '../../support/given.ts';

const logged = (facts: readonly ControlFact[]) =>
  facts.map((fact, place) => ({
    ...fact,
    ...{ id: idOf('fact', T0, String(place)), org, incidentId: inc, seq: place + 1 },
    ...{ recordedAt: fact.occurredAt, actor: ann },
  })) as readonly LoggedFact[];
const resolved = (generation: number, at: number): ControlFact => ({
  type: 'incident.resolved',
  occurredAt: minutes(at),
  data: { generation, reason: 'person' },
});
const reopened: ControlFact = {
  type: 'incident.reopened',
  occurredAt: minutes(20),
  data: { generation: 2, reason: 'alert-fired', next: { step: 1, dueAt: minutes(40) } },
};
const page = (person: string, became: object, step = 1, generation = 1): Delivery => {
  const [planned] = planDeliveries(generation, step, [{ person, channel: 'email' }]);
  return { ...planned, ...became } as Delivery;
};
const sent = (person: string, at: number, ...place: readonly [number?, number?]) =>
  page(person, { state: 'sent', sentAt: minutes(at), providerId: 'x' }, ...place);
const steps = logged([
  {
    type: 'incident.escalated',
    occurredAt: minutes(1),
    data: { generation: 1, step: 1, level: 1, targets: [{ person: 'bob', channel: 'email' }] },
  },
]) as readonly Step[];

/** Opened again at 09:20, with these facts since; `before` is what was paged until then. */
const recordOf = (
  since: readonly ControlFact[],
  before: PagedBefore | undefined,
  pages: readonly Delivery[] = [],
) => ({
  incident: incidentAfter(opened(), resolved(1, 10), reopened, ...since),
  facts: logged([reopened, ...since]),
  ...{ pages, policy: undefined, schedules: [] },
  ...(before && { before }),
  nameOf: (id: string) => id.toUpperCase(),
});
const AGAIN = 'Since it was opened again at 2026-11-02 09:20:00 UTC, INC-12';
const summaryOf = (...given: Parameters<typeof recordOf>) => escalationTold(recordOf(...given)).summary;

describe('an incident that was opened again', () => {
  it('says that it paged nobody since then, and whom before that, by level or by step', () => {
    const told = escalationTold(
      recordOf([resolved(2, 25)], { pages: [sent('cid', 6, 2), sent('bob', 1)], steps }),
    );
    expect(told.isPaged).toBe(true);
    expect(told.summary).toBe(
      `${AGAIN} paged nobody: Ann resolved it at 2026-11-02 09:25:00 UTC, before its first page was due at 2026-11-02 09:40:00 UTC. Before that, it paged BOB (level 1, 2026-11-02 09:01:00 UTC), CID (step 2, 2026-11-02 09:06:00 UTC).`,
    );
    expect(told.steps[1]).toMatchObject({
      at: minutes(20),
      text: expect.stringMatching(
        /^It was opened again: what follows is since then\. Before that, it paged BOB/,
      ),
      lines: [
        'BOB (level 1), by e-mail: taken by the provider. (2026-11-02 09:01:00 UTC)',
        'CID (step 2), by e-mail: taken by the provider. (2026-11-02 09:06:00 UTC)',
      ],
    });
  });

  it('says both when it pages again', () => {
    const since = [sent('bob', 41, 1, 2)];
    expect(summaryOf([], { pages: [sent('bob', 1)], steps }, since)).toBe(
      `${AGAIN} paged BOB, first at 2026-11-02 09:41:00 UTC. Before that, it paged BOB (level 1, 2026-11-02 09:01:00 UTC).`,
    );
  });

  it('names each person once, and no more than eight', () => {
    const pages = [...'abcdefghij', 'a'].map((person, place) => sent(person, place));
    expect(summaryOf([], { pages, steps: [] })).toMatch(/H \(step 1, [^)]*\) and 2 more\.$/);
  });

  it.each([
    [[page('bob', { state: 'failed', failedAt: T0, reason: 'no', refused: true })], 'it tried to page BOB'],
    [[page('bob', { state: 'dropped', droppedAt: T0, why: 'resolved' })], 'it planned 1 pages'],
    [[], 'it paged nobody.'],
  ])('says that no page was sent before either: %#', (pages, words) => {
    const told = escalationTold(recordOf([], { pages, steps }));
    expect(told.isPaged).toBe(false);
    expect(told.summary).toContain(`Before that, ${words}`);
  });

  it('points to the timeline where it was not read what was paged before', () => {
    expect(summaryOf([], undefined)).toContain('Before that, what was paged stands in its timeline.');
  });

  it('tells one person whether they were paged before, and that no step was taken since', () => {
    const texts = (person: string) =>
      pagingOf(person, recordOf([], { pages: [sent('bob', 1)], steps }))
        .map(({ text }) => text)
        .slice(1);
    const since = [
      'It was opened again: what follows is since then.',
      'No step of the escalation has been taken since it was opened again at 2026-11-02 09:20:00 UTC.',
      'The next step is due at 2026-11-02 09:40:00 UTC, unless somebody acknowledges.',
    ];
    expect(texts('bob')).toEqual([
      'Before it was opened again: BOB (level 1), by e-mail: taken by the provider.',
      ...since,
    ]);
    expect(texts('cid')).toEqual([
      'Before it was opened again, it paged BOB (level 1, 2026-11-02 09:01:00 UTC). CID was not paged then.',
      ...since,
    ]);
  });

  it('tells of very many pages the last ones, and how many it leaves out', () => {
    const pages = Array.from({ length: 25 }, (_, place) => sent('bob', place, place + 1));
    const { lines = [] } = escalationTold(recordOf([], { pages, steps: [] })).steps[1] ?? {};
    expect([lines.length, lines[0]]).toEqual([21, 'Pages of still earlier that are not told here: 5.']);
  });
});
