import { onCallApi } from '../../shared/on-call/api.ts';
import { onCallNow } from '../../shared/on-call/index.ts';
import { allDone } from '../aws/all-done.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { loadAdministrators } from './roster.ts';

/** Who is paged in turn by each policy of the configuration in force. */
export const getOnCall = verb({
  api: onCallApi['get-on-call'],
  run: async ({ ctx: { org } }) => {
    const [{ body, leftOut }, administrators] = await allDone([
      loadConfiguration(org, tellLeftOut),
      loadAdministrators(org),
    ]);
    const now = onCallNow(body.policies, body.people, administrators);
    return { ...now, problems: [...leftOut, ...now.problems] };
  },
});
