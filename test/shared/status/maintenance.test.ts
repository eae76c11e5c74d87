import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decidePage, one, type PageCommand, viewPublic } from '../../../shared/status/index.ts';
import {
  component,
  componentId,
  type Given,
  maintenanceId,
  NOON,
  page,
  play,
} from '../../support/status-page.ts';

const HOUR = 3_600_000;
const id = maintenanceId('m');
type Change = Extract<PageCommand, { do: 'change-maintenance' }>['change'];
const change = (fields: Change): PageCommand => ({ do: 'change-maintenance', id, change: fields });
const announced: readonly Given[] = [
  [component('a'), NOON],
  [component('b'), NOON],
  [
    {
      do: 'schedule',
      id,
      maintenance: {
        ...{ title: 'Move', text: 'We move.', components: [componentId('a')], internal: false },
        ...{ from: NOON + HOUR, until: NOON + 3 * HOUR },
      },
    },
    NOON,
  ],
];
const stateAfter = (...more: readonly Given[]) => play([...announced, ...more]).state;
const seen = (state: ReturnType<typeof stateAfter>, at: number) => viewPublic(state, { id: page, now: at });

describe('announced maintenance', () => {
  it('is moved, worded anew and put on other components, and the page shows it so', () => {
    const state = stateAfter(
      [change({ from: NOON + 5 * HOUR, until: NOON + 6 * HOUR }), NOON],
      [change({ title: 'Move again', text: 'Later.', components: [componentId('b')] }), NOON + 1],
    );
    const [shown] = seen(state, NOON + 2 * HOUR).maintenance;
    expect(shown).toMatchObject({
      ...{ title: 'Move again', text: 'Later.', components: [componentId('b')], state: 'scheduled' },
      ...{ from: '2026-11-28T17:00:00.000Z', until: '2026-11-28T18:00:00.000Z' },
    });
    const statuses = seen(state, NOON + 5 * HOUR).components.map(({ status }) => status);
    expect(statuses).toEqual(['operational', 'under_maintenance']);
  });

  it('under way lasts longer or ends now', () => {
    const longer = stateAfter([change({ until: NOON + 5 * HOUR }), NOON + 2 * HOUR]);
    expect(seen(longer, NOON + 4 * HOUR).components[0]?.status).toBe('under_maintenance');
    const ended = stateAfter([{ do: 'cancel-maintenance', id }, NOON + 2 * HOUR]);
    expect(one(ended, 'maintenance', id)).toMatchObject({ until: NOON + 2 * HOUR });
    expect(seen(ended, NOON + 2 * HOUR)).toMatchObject({ maintenance: [], indicator: 'none' });
  });

  it('keeps the order of its times, its length and its future', () => {
    const { state } = play(announced);
    const refused = (fields: Change, at = NOON) => expect(() => decidePage(state, change(fields), at));
    refused({ until: NOON + HOUR }).toThrow('lies after');
    refused({ from: NOON + 4 * HOUR }).toThrow('lies after');
    refused({ until: NOON + 31 * 24 * HOUR + HOUR }).toThrow('at most 30 days');
    refused({ from: NOON - 2 * HOUR, until: NOON - HOUR }).toThrow('to end it now, cancel it');
    refused({ components: [componentId('z')] }).toThrow('There is no component');
    refused({ title: 'Late' }, NOON + 3 * HOUR).toThrow('is over');
  });

  it('that was cancelled is not changed any more', () => {
    const state = stateAfter([{ do: 'cancel-maintenance', id }, NOON]);
    expect(() => decidePage(state, change({ title: 'x' }), NOON)).toThrow('There is no maintenance');
  });
});

it('changes of different fields end the same in any order and however often', () => {
  const changes = [
    change({ title: 'Other title' }),
    change({ text: 'Other words' }),
    change({ components: [componentId('b')] }),
    change({ until: NOON + 4 * HOUR }),
    change({ internal: true }),
  ];
  const any = fc.tuple(
    fc.shuffledSubarray(changes, { minLength: changes.length }),
    fc.array(fc.constantFrom(...changes)),
  );
  fc.assert(
    fc.property(any, ([ordered, again]) => {
      const state = stateAfter(...[...ordered, ...again].map((command): Given => [command, NOON + 1]));
      expect(one(state, 'maintenance', id)).toMatchObject({
        ...{ title: 'Other title', text: 'Other words', components: [componentId('b')] },
        ...{ from: NOON + HOUR, until: NOON + 4 * HOUR, internal: true, updatedAt: NOON + 1 },
      });
    }),
  );
});
