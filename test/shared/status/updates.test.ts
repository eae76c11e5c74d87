import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  all,
  atomFeed,
  decidePage,
  one,
  type PageCommand,
  statuspageDocuments,
  updateForAll,
  viewPublic,
} from '../../../shared/status/index.ts';
import {
  anyHistory,
  component,
  componentId,
  type Given,
  incident,
  incidentId,
  NOON,
  page,
  play,
  update,
  updateId,
} from '../../support/status-page.ts';

const MINUTE = 60_000;
const withdraw = (number: number, of = 'x'): PageCommand => ({
  do: 'withdraw-update',
  incident: incidentId(of),
  update: updateId(`x ${number}`),
});
const correct = (number: number, text: string): PageCommand => ({
  do: 'correct-update',
  incident: incidentId('x'),
  update: updateId(`x ${number}`),
  text,
});
const told: readonly Given[] = [
  [component('a'), NOON],
  [incident('x', { a: 'major_outage' }), NOON],
  [update('x', 2, 'identified', { a: 'partial_outage' }), NOON + MINUTE],
  [update('x', 3, 'resolved'), NOON + 2 * MINUTE],
];
const stateAfter = (...more: readonly PageCommand[]) =>
  play([...told, ...more.map((command): Given => [command, NOON + 10 * MINUTE])]);
const seen = (state: ReturnType<typeof play>['state']) =>
  viewPublic(state, { id: page, now: NOON + 20 * MINUTE });

describe('a withdrawn update', () => {
  it('takes its incident back to what the update before says, as if it had never been told', () => {
    const { state, facts } = stateAfter(withdraw(3));
    expect(facts.at(-1)?.type).toBe('update.withdrawn');
    expect(one(state, 'incident', incidentId('x'))).toMatchObject({
      state: 'identified',
      affected: [{ component: componentId('a'), status: 'partial_outage' }],
      updatedAt: NOON + 10 * MINUTE,
    });
    expect(one(state, 'incident', incidentId('x'))).not.toHaveProperty('resolvedAt');
    const view = seen(state);
    expect(view.components[0]?.status).toBe('partial_outage');
    expect(view.components[0]?.uptime.days[0]?.seconds).toBe(20 * 60);
  });

  it('in the middle leaves what was told after it', () => {
    const { state } = stateAfter(withdraw(2));
    expect(one(state, 'incident', incidentId('x'))).toMatchObject({
      state: 'resolved',
      resolvedAt: NOON + 2 * MINUTE,
    });
    expect(seen(state).past[0]?.updates.map(({ text, withdrawnAt }) => [text, withdrawnAt])).toEqual([
      ['x: resolved', undefined],
      ['', '2026-11-28T12:10:00.000Z'],
      ['x: we look into it.', undefined],
    ]);
  });

  it('is not the first: without words an incident tells nobody anything', () => {
    const { state } = play(told);
    expect(() => decidePage(state, withdraw(1), NOON)).toThrow('first update of an incident cannot');
    expect(() => decidePage(state, withdraw(2, 'y'), NOON)).toThrow('There is no update');
  });

  it('is corrected no more, and withdrawn once', () => {
    const { state } = stateAfter(withdraw(2));
    expect(() => decidePage(state, correct(2, 'Late words'), NOON)).toThrow('was withdrawn');
    expect(decidePage(state, withdraw(2), NOON)).toEqual([]);
  });

  it('is told to no subscriber any more, and to no reader of Statuspage; the feed says that it is gone', () => {
    const { state } = stateAfter(withdraw(2));
    expect(updateForAll(state, updateId('x 2'))).toBeUndefined();
    expect(updateForAll(state, updateId('x 3'))).toBeDefined();
    const documents = JSON.stringify(statuspageDocuments(seen(state), 'https://status.example/'));
    expect(documents).not.toContain(updateId('x 2'));
    const entry = atomFeed(seen(state), 'https://status.example/')
      .split('<entry>')
      .find((one) => one.includes(updateId('x 2')));
    expect(entry).toContain('This update was withdrawn.');
    expect(entry).toContain('<updated>2026-11-28T12:10:00.000Z</updated>');
    // A reader that compares times must notice.
    const [head = ''] = atomFeed(seen(state), 'https://status.example/').split('<entry>');
    expect(head).toContain('<updated>2026-11-28T12:10:00.000Z</updated>');
  });
});

describe('of corrections and withdrawals', () => {
  const commands = [withdraw(1), withdraw(2), withdraw(3), correct(1, 'Better'), correct(2, 'Other words')];

  it('any order, and any repetition, ends with the same page', () => {
    const expected = seen(stateAfter(...commands).state);
    const any = fc.tuple(
      fc.shuffledSubarray(commands, { minLength: commands.length }),
      fc.array(fc.constantFrom(...commands), { maxLength: 4 }),
    );
    fc.assert(
      fc.property(any, ([ordered, again]) => {
        const { version: _, ...view } = seen(stateAfter(...ordered, ...again).state);
        const { version: __, ...wanted } = expected;
        expect(view).toEqual(wanted);
      }),
    );
  });

  it('an incident is always as the newest update says that still stands', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const { state } = play(history);
        for (const { id, state: now, affected } of all(state, 'incident')) {
          const standing = all(state, 'update')
            .filter((one) => one.incident === id && one.withdrawnAt === undefined)
            .toSorted((a, b) => b.number - a.number);
          expect({ state: now, affected }).toEqual({
            state: standing[0]?.state,
            affected: standing[0]?.affected,
          });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('no words of a withdrawn update are left on the page', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const { withdrawnAt, text, affected } of all(play(history).state, 'update'))
          if (withdrawnAt !== undefined) expect([text, affected]).toEqual(['', []]);
      }),
    );
  });
});
