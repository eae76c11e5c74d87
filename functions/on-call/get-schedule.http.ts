import { DAY, type Instant, Refusal, toText } from '../../shared/kernel/index.ts';
import { onCallApi } from '../../shared/on-call/api.ts';
import { finalSchedule, namedIn, viewSpan } from '../../shared/on-call/index.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { loadDuty, scheduleIn } from './duty.ts';

/** The longest time that one answer tells of, and what it tells of unasked. */
const LONGEST = 92 * DAY;
const USUAL = 14 * DAY;

/** A schedule and who it has on call from one instant to another. */
export const getSchedule = verb({
  api: onCallApi['get-schedule'],
  run: async ({ ctx: { org }, params, query }) => {
    const from = query.from ?? clock.now();
    const to = query.to ?? from + USUAL;
    refuseOdd(from, to);
    const duty = await loadDuty(org, from);
    const schedule = scheduleIn(duty, params.id);
    const { id, name, timeZone, layers } = schedule;
    const people = [...new Set(layers.flatMap((layer) => layer.people))];
    return {
      ...{ id, name, timeZone },
      from: toText(from),
      to: toText(to),
      spans: finalSchedule(schedule, duty, from, to).map((span) => viewSpan(span, duty)),
      people: people.map((person) => namedIn(person, duty)),
    };
  },
});

function refuseOdd(from: Instant, to: Instant): void {
  if (to > from && to - from <= LONGEST) return;
  throw new Refusal(
    'invalid',
    `From ${toText(from)} to ${toText(to)} is ${to > from ? 'longer than 92 days' : 'no time'}; give a later 'to', at most 92 days after 'from'.`,
    'query.to',
  );
}
