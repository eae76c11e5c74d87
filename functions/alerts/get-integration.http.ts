import { alertsApi } from '../../shared/alerts/api.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { readActivity } from '../aws/integration-activity.ts';
import { verb } from '../edge/verb.ts';
import { loadIntegration } from './integration-change.ts';
import { viewOf } from './integration-row.ts';

/** One integration with what came from it lately. */
export const getIntegration = verb({
  api: alertsApi['get-integration'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const now = clock.now();
    const [row, activityOf] = await allDone([loadIntegration(org, id), readActivity(org, now, id)]);
    return viewOf(row, activityOf(id), now);
  },
});
