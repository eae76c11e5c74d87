import { alertsApi } from '../../shared/alerts/api.ts';
import { DAY, toText } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { latestDeliveries, outcomes } from '../aws/delivery-files.ts';
import { verb } from '../edge/verb.ts';
import { loadIntegration } from './integration-change.ts';

/** How many of those that were taken, and of those that were refused. */
const MOST = 5;
const KEPT = 7 * DAY;

/** The last POSTs of an integration that were kept, the newest first. */
export const listDeliveries = verb({
  api: alertsApi['list-deliveries'],
  run: async ({ ctx: { org }, params: { id: integration } }) => {
    await loadIntegration(org, integration);
    const found = await allDone(
      outcomes.map((outcome) => latestDeliveries({ org, integration, outcome }, MOST)),
    );
    // The store deletes late.
    const since = clock.now() - KEPT;
    const kept = found.flat().filter(({ receivedAt }) => receivedAt > since);
    const items = kept.sort((one, other) => other.receivedAt - one.receivedAt);
    return { items: items.map((one) => ({ ...one, receivedAt: toText(one.receivedAt) })) };
  },
});
