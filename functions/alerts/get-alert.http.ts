import { alertsApi } from '../../shared/alerts/api.ts';
import { readHeads, readIncidents } from '../aws/alert-heads.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { lastFiring } from '../aws/last-firing.ts';
import { verb } from '../edge/verb.ts';
import { noAlert, viewWhole } from './alert-view.ts';

/** One alert, as it is now. */
export const getAlert = verb({
  api: alertsApi['get-alert'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const [heads, last] = await allDone([readHeads(org, [id]), lastFiring(org, id, clock.now())]);
    const head = heads.get(id);
    const ids = (head?.memberships ?? []).map(({ incident }) => incident);
    const view = viewWhole(id, { head, last }, await readIncidents(org, ids));
    if (!view) throw noAlert(id);
    return view;
  },
});
