import { metricsApi } from '../../shared/metrics/api.ts';
import { loadTargets } from '../aws/metrics-targets.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { viewTargetHistory } from './targets-view.ts';

/** How long things may take, and might before. */
export const getTargets = verb({
  api: metricsApi['get-targets'],
  run: async ({ ctx: { org } }) => {
    const stored = await loadTargets(org);
    return reply(200, viewTargetHistory(stored), { etag: `"${stored.version}"` });
  },
});
