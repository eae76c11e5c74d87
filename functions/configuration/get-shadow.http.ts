import { configurationApi } from '../../shared/configuration/api.ts';
import { DAY, Refusal, toText } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { tryOnKept } from './trial.ts';
import { viewTrial } from './trial-view.ts';

/** The days that are looked at when nobody says so. */
const USUAL_DAYS = 7;

/** What the shadow rules would have done since they were put there; of the last days, when that is long ago. */
export const getShadow = verb({
  api: configurationApi['get-shadow'],
  run: async ({ ctx: { org }, query: { days = USUAL_DAYS } }) => {
    const { body: active, updatedAt = 0 } = await loadConfiguration(org, tellLeftOut);
    const { shadow } = active;
    if (!shadow)
      throw new Refusal(
        'not_found',
        "There are no shadow rules: put some under 'shadow' with PUT /api/config.",
      );
    const now = clock.now();
    const since = shadow.since === undefined ? updatedAt : Date.parse(shadow.since);
    const draft = { ...active, rules: shadow.rules };
    const stretch = { from: Math.max(since, now - days * DAY), to: now };
    return { ...viewTrial(await tryOnKept({ org, active, draft }, stretch), active), since: toText(since) };
  },
});
