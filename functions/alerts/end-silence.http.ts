import { alertsApi } from '../../shared/alerts/api.ts';
import { verb } from '../edge/verb.ts';
import { endQuiet } from './quiet-verbs.ts';

/** Ends a silence now; doing it again changes nothing. */
export const endSilence = verb({
  api: alertsApi['end-silence'],
  run: async ({ ctx: { org, actor }, params: { id } }) => {
    await endQuiet(org, 'silence', id, actor);
    return undefined;
  },
});
