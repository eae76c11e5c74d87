import { alertsApi } from '../../shared/alerts/api.ts';
import { HOUR } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { readActivity } from '../aws/integration-activity.ts';
import { verb } from '../edge/verb.ts';
import { hosts } from './hosts.ts';
import { loadIntegration } from './integration-change.ts';
import { addressOf, viewOf } from './integration-row.ts';
import { rotateKey, rotateSecret } from './rotation.ts';

/** Makes a new key or signing secret, of which the answer is the only trace; the one of before is taken until the overlap ends. */
export const rotateIntegration = verb({
  api: alertsApi['rotate-integration'],
  run: async ({ ctx: { org }, params: { id }, body: { what, secret, overlapHours } }) => {
    const now = clock.now();
    const before = await loadIntegration(org, id);
    const overlap = { now, until: now + overlapHours * HOUR };
    const activity = (await readActivity(org, now, id))(id);
    if (what === 'key') {
      const { after, key } = await rotateKey(org, before, secret, overlap);
      return { ...viewOf(after, activity, now), ...addressOf(after.source, key, hosts()) };
    }
    const { after, shown } = await rotateSecret(org, before, secret, overlap);
    return { ...viewOf(after, activity, now), ...(shown !== undefined && { secret: shown }) };
  },
});
