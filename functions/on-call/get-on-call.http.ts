import { onCallApi } from '../../shared/on-call/api.ts';
import { onCallNow } from '../../shared/on-call/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { overridesAfter } from './overrides.ts';
import { loadAdministrators } from './roster.ts';

/** Who is paged in turn by each policy of the configuration in force, now or at another instant. */
export const getOnCall = verb({
  api: onCallApi['get-on-call'],
  run: async ({ ctx: { org }, query }) => {
    const at = query.at ?? clock.now();
    const [{ body, leftOut }, administrators, overrides] = await allDone([
      loadConfiguration(org, tellLeftOut),
      loadAdministrators(org),
      overridesAfter(org, at),
    ]);
    const now = onCallNow(body.policies, { ...body, overrides }, administrators, at);
    return { ...now, problems: [...leftOut, ...now.problems] };
  },
});
