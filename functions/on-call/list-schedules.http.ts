import { onCallApi } from '../../shared/on-call/api.ts';
import { onCallOf } from '../../shared/on-call/index.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { loadDuty } from './duty.ts';

/** The schedules, and who each has on call now. */
export const listSchedules = verb({
  api: onCallApi['list-schedules'],
  run: async ({ ctx: { org } }) => {
    const now = clock.now();
    const duty = await loadDuty(org, now);
    return { items: duty.schedules.map((schedule) => onCallOf(schedule, duty, now)) };
  },
});
