import { onCallApi } from '../../shared/on-call/api.ts';
import { compareOverrides, viewOverride } from '../../shared/on-call/index.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { loadDuty, scheduleIn } from './duty.ts';

/** The overrides of a schedule that have not ended, in the order in which they count. */
export const listOverrides = verb({
  api: onCallApi['list-overrides'],
  run: async ({ ctx: { org }, params }) => {
    const duty = await loadDuty(org, clock.now());
    const { id } = scheduleIn(duty, params.id);
    const own = duty.overrides.filter(({ schedule }) => schedule === id);
    return { items: own.toSorted(compareOverrides).map((override) => viewOverride(override, duty)) };
  },
});
