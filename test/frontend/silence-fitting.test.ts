import { describe, expect, test } from 'vitest';
import { fittingOf, fittingText, goingOnText, madeText } from '../../frontend/alerts/silences/fitting.ts';
import { emptyDraft } from '../../frontend/alerts/silences/silence-draft.ts';
import type { ListedAlert } from '../../frontend/alerts/single/use-alert-list.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { firing } from './silence-sample.ts';

describe('the alerts that a silence would fit', () => {
  const [listed] = firing({ query: {} }).items;
  if (!listed) throw new Error('none fires');
  const set = { service: 'payments', severity: 'P1_CRITICAL', title: 'No card is taken' } as const;
  const ruled = { ...listed, ruled: set };
  const fits = (draft: Partial<typeof emptyDraft>, alert: ListedAlert = ruled) =>
    fittingOf({ ...emptyDraft, ...draft }, [alert]);

  test('are those as the rules leave them, as silences see them, and are shown so', () => {
    expect(fits({ matchers: 'service="payments"\nseverity="P1_CRITICAL"\nhost=~"db-.*"' })).toMatchObject([
      set,
    ]);
    expect(fits({ matchers: 'service="checkout"' })).toEqual([]);
    expect(fits({ matchers: 'title=~"Disk.*"' })).toEqual([]);
    expect(fits({ kind: 'maintenance', services: 'Payments' })).toHaveLength(1);
    expect(fits({ kind: 'maintenance', services: 'checkout' })).toEqual([]);
  });

  test('are never none where more fire than were looked at', () => {
    const all = { alerts: [ruled, ruled], isWhole: true };
    const some = { ...all, isWhole: false };
    const looked = 'Only the 2 that were heard of last were looked at; more fire, and it may fit those, too.';
    expect([fittingText(0, all), fittingText(1, all)]).toEqual([
      'Fits no alert that fires now.',
      'Fits 1 alert that fires now:',
    ]);
    expect(fittingText(0, some)).toBe(`Not known yet whether it fits an alert that fires now. ${looked}`);
    expect(fittingText(2, some)).toBe(`Fits at least 2 alerts that fire now. ${looked}`);
    const touches = { alerts: 2, incidents: 1, isWhole: false };
    expect(madeText({ touches })).toBe(
      'It holds now. It fits at least 2 alerts that fire in 1 open incident, which goes on.',
    );
    expect(madeText({ touches: { alerts: 0, incidents: 0, isWhole: true } })).toBe(
      'It holds now. It fits no alert that fires in an open incident.',
    );
    const lookedAt = { alerts: 500, incidents: 50, ofIncidents: 212 };
    expect(madeText({ touches: { ...touches, alerts: 0, incidents: 0, lookedAt } })).toBe(
      'It holds now. It fits none of the 500 alerts that were looked at, in 50 of 212 open incidents.',
    );
  });

  test('are none while a pattern is half written, or one that the API would refuse', () => {
    for (const matchers of ['host=~(', 'host=~"web["', 'title=~"(?=x)"', 'host=~"[ab]*a[ab]{400}c"'])
      expect(fits({ matchers }), matchers).toEqual([]);
  });

  test('are in open incidents that go on paging, which is said with what to do instead', () => {
    const inside = (name: string, state: 'triggered' | 'acknowledged' | 'resolved') => ({
      ...listed,
      incident: { id: idOf('incident', 0, name), name, title: 'Down', state } as const,
    });
    const some = [
      inside('INC-1', 'triggered'),
      inside('INC-1', 'triggered'),
      inside('INC-2', 'acknowledged'),
    ];
    expect(goingOnText('silence', some)).toBe(
      'INC-1 is open and goes on paging: acknowledge it, or keep the service quiet as maintenance instead.',
    );
    expect(goingOnText('maintenance', some)).toBe(
      'INC-1 is open and goes on: the next page waits for the end, unless alerts of other services are in it.',
    );
    const many = [2, 3, 4, 5].map((number) => inside(`INC-${number}`, 'triggered'));
    expect(goingOnText('silence', [...some, ...many])).toMatch(
      /^INC-1, INC-2, INC-3, and 2 more are open and go on paging: acknowledge them,/,
    );
    expect(goingOnText('silence', [listed, inside('INC-7', 'resolved')])).toBeUndefined();
  });

  test('also by labels that the record of an alert has no room for', () => {
    const more = { ...listed, ruled: { labels: { ...listed.labels, rack: 'r7' } } };
    expect(fits({ matchers: 'rack="r7"\nservice="checkout"' }, more)).toHaveLength(1);
  });
});
