import type * as z from 'zod';
import { serviceNamed } from '../../shared/alerts/index.ts';
import { incidentsApi } from '../../shared/incidents/api.ts';
import { countBySeverity, type Filter, type Incident, viewIncident } from '../../shared/incidents/index.ts';
import { listOpen } from '../aws/incident-lists.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { verb } from '../edge/verb.ts';
import { listed, newestPage, urgentPage, wantsPast } from './list-order.ts';

type Query = z.output<typeof incidentsApi.list.query>;

/** Incidents, newest or most urgent first: the open ones from the table itself, the others from the history index. */
export const list = verb({
  api: incidentsApi.list,
  run: async ({ ctx: { org }, query }) => {
    const { limit, cursor, order, ...wanted } = query;
    const filter = { ...wanted, ...serviceOf(wanted) };
    const listing = { org, of: { list: 'incidents', order, ...filter } };
    const position = cursor === undefined ? undefined : readCursor(listing, cursor);
    const open = await listOpen(org, serviceOf(wanted));
    const { items, next } =
      order === 'urgency'
        ? urgentPage(open, { filter, limit, position })
        : await newestPage(open, { org, filter, limit, position });
    return {
      items: items.map(viewIncident),
      ...(next && { next: writeCursor(listing, next) }),
      ...(!wantsPast(filter) && totals(open, filter)),
    };
  },
});

/** Services are compared in one form; a name that is blank in it is the name of none. */
function serviceOf({ service }: Pick<Query, 'service'>): { readonly service?: string } {
  return service === undefined ? {} : { service: serviceNamed(service) ?? service };
}

/** What is open is read whole for every page, so that these cost nothing. */
function totals(open: readonly Incident[], filter: Filter) {
  const severities = countBySeverity(listed(open, { ...filter, severity: undefined }));
  const { severity } = filter;
  const total =
    severity === undefined ? Object.values(severities).reduce((a, b) => a + b, 0) : severities[severity];
  return { total, severities };
}
