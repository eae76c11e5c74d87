import { describe, expect, it } from 'vitest';
import type { ControlFact } from '../../../shared/incidents/index.ts';
import { utcText } from '../../../shared/kernel/index.ts';
import {
  type Delivery,
  outcomeText,
  pagingOf,
  planDeliveries,
  policySchema,
  scheduleSchema,
} from '../../../shared/on-call/index.ts';
import { minutes, opened, T0 } from '../../support/given.ts';
import { acknowledged, recordOf } from '../../support/told-pages.ts';

const policy = policySchema.parse({
  id: 'default',
  name: 'Default',
  levels: [{ targets: ['nights'] }, { targets: ['cid'] }, { targets: ['dan'] }],
});
const layers = [{ people: ['ann', 'bob'], startDate: '2026-01-01', handOff: '09:00' }];
const schedules = [scheduleSchema.parse({ id: 'nights', name: 'Nights', timeZone: 'UTC', layers })];
const escalated = (step: number, level: number, person: string, more: object = {}): ControlFact => ({
  type: 'incident.escalated',
  occurredAt: minutes(step * 5),
  data: {
    generation: 1,
    step,
    level,
    targets: [{ person, channel: 'email' }],
    next: { step: step + 1, dueAt: minutes(step * 5 + 5) },
    ...more,
  },
});
const told = (person: string, facts: readonly ControlFact[], pages: readonly Delivery[] = []) =>
  pagingOf(person, recordOf(facts, pages, { policy, schedules }))
    .map(({ text }) => text)
    .filter((text) => !text.startsWith('It pages by policy'));

const sent = (person: string, step: number): Delivery => {
  const [planned] = planDeliveries(1, step, [{ person, channel: 'email' }]);
  if (!planned) throw new Error('Nothing planned');
  return { ...planned, state: 'sent', sentAt: minutes(1), providerId: 'x' };
};
const first = escalated(1, 1, 'bob', { onCall: [{ schedule: 'nights', person: 'bob' }] });

describe('why somebody was paged', () => {
  it('says with which level, by which channel, and what became of it', () => {
    expect(told('bob', [opened(), first], [sent('bob', 1)])).toEqual([
      'BOB was paged with level 1, step 1.',
      'By e-mail: taken by the provider.',
      `The next step is due at ${utcText(minutes(10))} UTC, unless somebody acknowledges.`,
    ]);
  });
  it('says when a page was not needed any more, refused or not taken up', () => {
    const {
      state: _,
      sentAt: __,
      providerId: ___,
      ...common
    } = sent('bob', 1) as Extract<Delivery, { state: 'sent' }>;
    const dropped = { ...common, state: 'dropped', droppedAt: T0, why: 'acknowledged' } as const;
    const refused = { ...common, state: 'failed', failedAt: T0, refused: true, reason: 'No.' } as const;
    expect(outcomeText(dropped).text).toBe('By e-mail: not sent, because somebody had acknowledged.');
    expect(outcomeText({ ...refused, possiblyAgain: true }).text).toBe(
      'By e-mail: refused: No. An earlier attempt may have arrived too.',
    );
    expect(told('bob', [opened(), first])).toContain('The page was not taken up yet.');
  });
});

describe('why somebody was not paged', () => {
  it('says that a schedule had somebody else on call', () => {
    expect(told('ann', [opened(), first])[0]).toBe(
      "Level 1 was paged: BOB. ANN takes turns in 'Nights', which had BOB on call then.",
    );
  });
  it('says which level was not reached before somebody acknowledged', () => {
    expect(told('dan', [opened(), first, acknowledged(6)])).toEqual([
      'Level 1 was paged: BOB. DAN is not in it.',
      'It was acknowledged by Ann, which stopped the escalation. Level 3 was not reached before that.',
    ]);
  });
  it('says that a level was passed over, with nobody or for other severities', () => {
    const passed = escalated(1, 3, 'dan', {
      skipped: [1],
      otherSeverity: [2],
      onCall: [{ schedule: 'nights' }],
    });
    expect(told('ann', [opened(), passed])).toEqual(
      expect.arrayContaining([
        'Level 1 was passed over, because it reached nobody then.',
        'Level 2 was passed over, because it is not for the severity of then.',
        'Level 3 was paged: DAN. ANN is not in it.',
      ]),
    );
  });
  it('says that the severity is a quiet one, or that no step was taken yet', () => {
    expect(told('ann', [opened({ severity: 'P5_INFO' })])).toEqual([
      'It was opened as P5 Info, which is recorded and pages nobody.',
    ]);
    expect(told('ann', [opened()])[0]).toBe('No step of the escalation has been taken yet.');
  });
});
