import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { changeQuiet } from './quiet-verbs.ts';
import { saidSilence } from './said-quiet.ts';

/** Changes a silence that is not over. */
export const changeSilence = verb({
  api: alertsApi['change-silence'],
  run: async ({ ctx, params: { id }, body }) =>
    saidSilence(ctx.org, await changeQuiet(ctx, 'silence', id, body), clock.now()),
});
