import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { readActivity } from '../aws/integration-activity.ts';
import { verb } from '../edge/verb.ts';
import { changedMeanwhile, loadIntegration, writeIntegration } from './integration-change.ts';
import { type IntegrationRow, viewOf } from './integration-row.ts';

/** How often it is tried when somebody else is faster: what is changed here does not depend on what they changed. */
const ATTEMPTS = 3;

/** Renames, pauses or lets go on, in the list and in the doors. */
export const updateIntegration = verb({
  api: alertsApi['update-integration'],
  run: async ({ ctx: { org }, params: { id }, body: { name, paused } }) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = await loadIntegration(org, id);
      const after: IntegrationRow = {
        ...before,
        ...(name !== undefined && { name }),
        ...(paused !== undefined && { paused }),
      };
      if (!(await writeIntegration(org, before, after))) continue;
      const now = clock.now();
      return viewOf(after, (await readActivity(org, now, id))(id), now);
    }
    throw changedMeanwhile();
  },
});
