import { configurationApi } from '../../shared/configuration/api.ts';
import { Refusal, toText } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { stretchOf } from './stretch.ts';
import { tryOnKept } from './trial.ts';
import { viewTrial } from './trial-view.ts';

/** What the shadow rules would have done since they were put there; of the last days, when that is long ago. */
export const getShadow = verb({
  api: configurationApi['get-shadow'],
  run: async ({ ctx: { org }, query }) => {
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
    const trial = { org, active, draft };
    const asked = stretchOf(query, now, 'query');
    if (asked.to < since)
      throw new Refusal(
        'invalid',
        `The shadow rules are there since ${toText(since)}; 'to' must be later.`,
        'query.to',
      );
    const stretch = { ...asked, from: Math.max(since, asked.from) };
    return { ...viewTrial(await tryOnKept(trial, stretch), trial), since: toText(since) };
  },
});
