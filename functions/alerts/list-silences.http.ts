import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { listQuiets } from './quiet-verbs.ts';
import { viewSilence } from './quiet-view.ts';

/** Silences by state. */
export const listSilences = verb({
  api: alertsApi['list-silences'],
  run: async ({ ctx, query }) => {
    const { quiets, ...next } = await listQuiets(ctx, 'silence', query);
    return { items: quiets.map((one) => viewSilence(one, clock.now())), ...next };
  },
});
