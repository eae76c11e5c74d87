import { alertsApi } from '../../shared/alerts/api.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { listQuiets } from './quiet-verbs.ts';
import { viewMaintenance } from './quiet-view.ts';

/** Maintenance windows by state. */
export const listMaintenance = verb({
  api: alertsApi['list-maintenance'],
  run: async ({ ctx, query }) => {
    const { quiets, ...next } = await listQuiets(ctx, 'maintenance', query);
    return { items: quiets.map((one) => viewMaintenance(one, clock.now())), ...next };
  },
});
