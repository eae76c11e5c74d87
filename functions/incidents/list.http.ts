import type * as z from 'zod';
import { serviceNamed } from '../../shared/alerts/index.ts';
import { incidentsApi } from '../../shared/incidents/api.ts';
import {
  compareNewest,
  type Incident,
  isListed,
  mergedNewest,
  type Place,
  viewIncident,
} from '../../shared/incidents/index.ts';
import { isId, Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { listOpen } from '../aws/incident-lists.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { verb } from '../edge/verb.ts';
import { type Stretch, walkHistory } from './history.ts';

type Query = z.output<typeof incidentsApi.list.query>;

/** Incidents, newest first: the open ones from the table itself, the others from the history index. */
export const list = verb({
  api: incidentsApi.list,
  run: async ({ ctx, query }) => {
    const { limit, cursor, ...asked } = query;
    const filter = { ...asked, ...serviceOf(asked) };
    const listing = { org: ctx.org, of: { list: 'incidents', ...filter } };
    const after = cursor === undefined ? undefined : placeIn(readCursor(listing, cursor));
    const open = await listOpen(ctx.org, serviceOf(asked));
    const shown = open.filter(
      (incident) => isListed(incident, filter) && (!after || compareNewest(after, incident) < 0),
    );
    const past = wantsPast(filter)
      ? await walkHistory({
          org: ctx.org,
          filter,
          limit,
          after,
          open: new Set(open.map(({ id }) => id)),
          now: clock.now(),
        })
      : { incidents: [] };
    const { items, next } = pageOf(shown, past, limit);
    return {
      items: items.map(viewIncident),
      ...(next && { next: writeCursor(listing, [String(next.openedAt), next.id]) }),
    };
  },
});

/** Services are compared in one form; a name that is blank in it is the name of none. */
function serviceOf({ service }: Pick<Query, 'service'>): { readonly service?: string } {
  return service === undefined ? {} : { service: serviceNamed(service) ?? service };
}

const wantsPast = ({ state }: Pick<Query, 'state'>): boolean => state === undefined || state === 'resolved';

/** Beyond the place at which the walk through the past stopped, nothing is shown yet: something may belong in between. */
function pageOf(open: readonly Incident[], { incidents, more }: Stretch, limit: number) {
  const known = mergedNewest(open, incidents).filter(
    (incident) => !more || compareNewest(incident, more) <= 0,
  );
  const items = known.slice(0, limit);
  return { items, next: known.length > limit ? items.at(-1) : more };
}

function placeIn([openedAt = '', id = '']: readonly string[]): Place {
  if (/^\d{1,15}$/.test(openedAt) && isId('incident', id)) return { openedAt: Number(openedAt), id };
  throw new Refusal(
    'invalid',
    'The cursor does not belong to this list; start again without one.',
    'query.cursor',
  );
}
