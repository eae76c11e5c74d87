import { Refusal } from '../../shared/kernel/index.ts';
import { onCallApi } from '../../shared/on-call/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { endOverride, overridesAfter } from './overrides.ts';

/** Ends an override now; one that has not begun is removed. */
export const endOverrideNow = verb({
  api: onCallApi['end-override'],
  run: async ({ ctx: { org }, params }) => {
    const now = clock.now();
    const override = (await overridesAfter(org, now)).find(
      ({ id, schedule }) => id === params.override && schedule === params.id,
    );
    if (!override)
      throw new Refusal('not_found', `There is no override '${params.override}' to end.`, 'path.override');
    await endOverride(org, override, now);
    return undefined;
  },
});
