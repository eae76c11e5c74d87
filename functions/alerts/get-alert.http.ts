import { alertsApi } from '../../shared/alerts/api.ts';
import { readHeads, readIncidents } from '../aws/alert-heads.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { lastFiring } from '../aws/last-firing.ts';
import { verb } from '../edge/verb.ts';
import { foundAlert, noAlert, viewWhole } from './alert-view.ts';
import { flappingOf } from './flapping.ts';

/** One alert, as it is now. */
export const getAlert = verb({
  api: alertsApi['get-alert'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const now = clock.now();
    const [heads, last, flapping] = await allDone([
      readHeads(org, [id]),
      lastFiring(org, id, now),
      flappingOf(org),
    ]);
    const head = heads.get(id);
    const ids = (head?.memberships ?? []).map(({ incident }) => incident);
    const view = viewWhole(id, foundAlert(head, last, { flapping, now }), await readIncidents(org, ids));
    if (!view) throw noAlert(id);
    return view;
  },
});
