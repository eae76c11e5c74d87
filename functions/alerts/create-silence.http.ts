import { alertsApi } from '../../shared/alerts/api.ts';
import { newSilence, touchedBy } from '../../shared/alerts/index.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { firingAlerts } from '../aws/firing-alerts.ts';
import { verb } from '../edge/verb.ts';
import { makeQuiet } from './quiet-verbs.ts';
import { viewSilence } from './quiet-view.ts';

/** Makes a silence, which holds from now on at the earliest. */
export const createSilence = verb({
  api: alertsApi['create-silence'],
  run: async ({ ctx: { org, actor }, body, attempt: { at, seed } }) => {
    const silence = newSilence(idOf('silence', at, org, seed), body, { by: actor, now: at });
    await makeQuiet(org, silence);
    const { alerts, isWhole } = await firingAlerts(org);
    return { ...viewSilence(silence, at), touches: { ...touchedBy(silence.matchers, alerts), isWhole } };
  },
});
