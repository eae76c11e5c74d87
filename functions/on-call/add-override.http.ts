import { didYouMean, type Instant, idOf, Refusal, toText } from '../../shared/kernel/index.ts';
import { onCallApi } from '../../shared/on-call/api.ts';
import { type Duty, LONGEST_OVERRIDE, type Override, viewOverride } from '../../shared/on-call/index.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { loadDuty, scheduleIn } from './duty.ts';
import { putOverride } from './overrides.ts';

/** Overrides that have not ended, of all schedules of an organisation: each decision reads them. */
const MOST = 500;

/** Has somebody take over a schedule for a time. */
export const addOverride = verb({
  api: onCallApi['add-override'],
  run: async ({ ctx: { org, actor }, params, body, attempt }) => {
    const now = clock.now();
    const { person, instead, from = attempt.at, to } = body;
    const duty = await loadDuty(org, now);
    const { id: schedule } = scheduleIn(duty, params.id);
    refuseUnknown(duty, person, 'body.person');
    if (instead !== undefined) refuseUnknown(duty, instead, 'body.instead');
    refuseOddTimes(from, to, now);
    if (duty.overrides.length >= MOST)
      throw new Refusal('conflict', `There are ${MOST} overrides that have not ended; end some first.`);
    const override: Override = {
      id: idOf('override', attempt.at, org, attempt.seed),
      ...{ schedule, person, from, to, createdAt: attempt.at, createdBy: actor.id },
      ...(instead !== undefined && { instead }),
    };
    await putOverride(org, override);
    return viewOverride(override, duty);
  },
});

function refuseUnknown({ people }: Duty, person: string, param: string): void {
  if (people.some(({ id }) => id === person)) return;
  const meant = didYouMean(
    person,
    people.map(({ id }) => id),
  );
  throw new Refusal('invalid', `There is no person '${person}' in the configuration${meant || '.'}`, param);
}

function refuseOddTimes(from: Instant, to: Instant, now: Instant): void {
  const why =
    to <= from || to <= now
      ? `it ends at ${toText(to)}, which is ${to <= now ? 'past' : 'not after its beginning'}`
      : to - from > LONGEST_OVERRIDE && 'it lasts longer than 366 days';
  if (why) throw new Refusal('invalid', `An override cannot be so: ${why}.`, 'body.to');
}
