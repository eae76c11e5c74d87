import { severities } from '../../shared/alerts/index.ts';
import {
  compareNewest,
  compareUrgency,
  type Filter,
  type Incident,
  incidentStates,
  isListed,
  mergedNewest,
  type Place,
  type UrgencyPlace,
} from '../../shared/incidents/index.ts';
import { foreignCursor, isId, type OrganisationId } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { type Stretch, walkHistory } from './history.ts';

/** Where a page ends, as a cursor keeps it. */
type Position = readonly string[];

/** What is on a page, and where the next begins when there is one. */
export interface ListPage {
  readonly items: readonly Incident[];
  readonly next?: Position | undefined;
}

/** What a page is of; without a position it is the first. */
export interface AskedPage {
  readonly filter: Filter;
  readonly limit: number;
  readonly position: Position | undefined;
}

/** Whether what is resolved is asked for too. */
export const wantsPast = ({ state }: Filter): boolean => state === undefined || state === 'resolved';

/** Those that a list with this filter shows. */
export const listed = (open: readonly Incident[], filter: Filter): readonly Incident[] =>
  open.filter((incident) => isListed(incident, filter));

/** A page of what is open, most urgent first. */
export function urgentPage(open: readonly Incident[], { filter, limit, position }: AskedPage): ListPage {
  const after = position && urgencyPlaceIn(position);
  const rest = listed(open, filter)
    .filter((incident) => !after || compareUrgency(after, incident) < 0)
    .toSorted(compareUrgency);
  const items = rest.slice(0, limit);
  const last = rest.length > limit ? items.at(-1) : undefined;
  return { items, next: last && [last.state, last.severity, ...positionOf(last)] };
}

/** A page newest first: of what is open, and of the past where the filter wants it. */
export async function newestPage(
  open: readonly Incident[],
  { org, filter, limit, position }: AskedPage & { readonly org: OrganisationId },
): Promise<ListPage> {
  const after = position && placeIn(position);
  const shown = listed(open, filter).filter((incident) => !after || compareNewest(after, incident) < 0);
  const ids = new Set(open.map(({ id }) => id));
  const past = wantsPast(filter)
    ? await walkHistory({ org, filter, limit, after, open: ids, now: clock.now() })
    : { incidents: [] };
  return newestOf(shown, past, limit);
}

/** Beyond the place at which the walk through the past stopped, nothing is shown yet: something may belong in between. */
function newestOf(open: readonly Incident[], { incidents, more }: Stretch, limit: number): ListPage {
  const known = mergedNewest(open, incidents).filter(
    (incident) => !more || compareNewest(incident, more) <= 0,
  );
  const items = known.slice(0, limit);
  const next = known.length > limit ? items.at(-1) : more;
  return { items, next: next && positionOf(next) };
}

/** A place in the order of time as a cursor keeps it. */
const positionOf = ({ openedAt, id }: Place): Position => [String(openedAt), id];

/** The place in the order of time that a cursor keeps; `invalid` when it keeps none. */
function placeIn([openedAt = '', id = '']: Position): Place {
  if (/^\d{1,15}$/.test(openedAt) && isId('incident', id)) return { openedAt: Number(openedAt), id };
  throw foreignCursor();
}

function urgencyPlaceIn([inState, ofSeverity, ...rest]: Position): UrgencyPlace {
  const state = incidentStates.find((one) => one === inState);
  const severity = severities.find((one) => one === ofSeverity);
  if (state === undefined || severity === undefined) throw foreignCursor();
  return { state, severity, ...placeIn(rest) };
}
