import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { loadQuiet } from './quiet-verbs.ts';
import { viewSilence } from './quiet-view.ts';

/** One silence, also one that is over. */
export const getSilence = verb({
  api: alertsApi['get-silence'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const now = clock.now();
    return viewSilence(await loadQuiet(org, 'silence', id, now), now);
  },
});
