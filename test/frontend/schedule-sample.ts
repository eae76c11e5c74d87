import { idOf } from '../../shared/kernel/index.ts';
import { onCallApi } from '../../shared/on-call/api.ts';
import { ago, grace, person } from './sample.ts';

const turn = (from: number, to: number, who?: typeof person, more: object = {}) => ({
  from: ago(-60 * from),
  to: ago(-60 * to),
  ...(who && { person: who }),
  ...more,
});
const linus = { id: 'linus', name: 'Linus Torvalds of the night shift' };

/** The next two weeks of the schedules: one by weeks with an override, one with gaps. */
export const finalSchedules: Readonly<Record<string, unknown>> = {
  primary: onCallApi['get-schedule'].answer.parse({
    ...{ id: 'primary', name: 'Primary, weekly', timeZone: 'Europe/Zurich' },
    ...{ from: ago(0), to: ago(-60 * 336), people: [person, linus] },
    spans: [
      turn(0, 20, grace, { override: idOf('override', 1, 'sample') }),
      turn(20, 120, person),
      turn(120, 288, linus),
      turn(288, 336, person),
    ],
  }),
  office: onCallApi['get-schedule'].answer.parse({
    ...{ id: 'office', name: 'Office hours', timeZone: 'America/New_York' },
    ...{ from: ago(0), to: ago(-60 * 336), people: [person] },
    spans: Array.from({ length: 7 }, (_, day) => [
      turn(day * 48, day * 48 + 9),
      turn(day * 48 + 9, day * 48 + 48, person),
    ]).flat(),
  }),
};

/** Who takes over for a time. */
export const overrides = onCallApi['list-overrides'].answer.parse({
  items: [
    {
      ...{ id: idOf('override', 1, 'sample'), person: grace, instead: person },
      ...{ from: ago(60), to: ago(-60 * 20), createdAt: ago(90), createdBy: 'per_1' },
    },
  ],
});

/** Why Ada was not paged for the first incident. */
export const paging = onCallApi['get-paging'].answer.parse({
  person,
  items: [
    {
      at: ago(4),
      text: "Level 1 was paged: Grace Hopper. Ada Lovelace takes turns in 'Primary', which had Grace Hopper on call then.",
    },
    {
      at: ago(1),
      text: 'It was acknowledged by Grace Hopper, which stopped the escalation. Level 2 was not reached before that.',
    },
  ],
});

/** The channels of whoever looks, and what became of their tests. */
export const ownChannels = onCallApi['list-tests'].answer.parse({
  person,
  left: 3,
  items: [
    {
      ...{ channel: 'slack', confirmed: true },
      test: {
        ...{ askedAt: ago(4), state: 'refused', at: ago(4) },
        reason: 'Slack refused it: channel_not_found. docs/on-call.md tells what to do.',
      },
    },
    { channel: 'email', confirmed: true, test: { askedAt: ago(5), state: 'sent', at: ago(5) } },
    { channel: 'sms', confirmed: false, test: { askedAt: ago(1), state: 'sent', at: ago(1) } },
    { channel: 'webhook', confirmed: true },
  ],
});
