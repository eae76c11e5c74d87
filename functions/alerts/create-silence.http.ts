import { alertsApi } from '../../shared/alerts/api.ts';
import { newSilence } from '../../shared/alerts/index.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { verb } from '../edge/verb.ts';
import { makeQuiet } from './quiet-verbs.ts';
import { saidSilence } from './said-quiet.ts';

/** Makes a silence, which holds from now on at the earliest. */
export const createSilence = verb({
  api: alertsApi['create-silence'],
  run: async ({ ctx: { org, actor }, body, attempt: { at, seed } }) => {
    const silence = newSilence(idOf('silence', at, org, seed), body, { by: actor, now: at });
    await makeQuiet(org, silence);
    return saidSilence(org, silence, at);
  },
});
