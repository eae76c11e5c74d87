import { incidentsApi } from '../../shared/incidents/api.ts';
import { byService, viewService } from '../../shared/incidents/index.ts';
import { DAY, toText } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { listOpen } from '../aws/incident-lists.ts';
import { verb } from '../edge/verb.ts';
import { walkHistory } from './history.ts';

/** How far back a service is remembered that has nothing open, and by how many incidents at most. */
const REMEMBERED = 30 * DAY;
const MOST = 2_000;

/** The services that incidents name: a fold over what is open and over the recent past. */
export const listServices = verb({
  api: incidentsApi['list-services'],
  run: async ({ ctx: { org } }) => {
    const now = clock.now();
    const open = await listOpen(org);
    const ids = new Set(open.map(({ id }) => id));
    const filter = { openedAfter: now - REMEMBERED };
    const past = await walkHistory({ org, filter, limit: MOST, open: ids, now });
    const { services, unnamed } = byService([...open, ...past.incidents]);
    const since = past.more?.openedAt ?? filter.openedAfter;
    return { items: services.map(viewService), unnamed, since: toText(since) };
  },
});
