import { toText } from '../../shared/kernel/index.ts';
import { metricsApi } from '../../shared/metrics/api.ts';
import { incidentAnalysis } from '../../shared/metrics/index.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { loadSetting } from './load.ts';

/** The durations of one incident. */
export const getIncident = verb({
  api: metricsApi['get-incident'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const now = clock.now();
    const incident = await visibleIncident(org, id);
    const setting = await loadSetting(org, now);
    return { at: toText(now), ...incidentAnalysis(incident, setting) };
  },
});
