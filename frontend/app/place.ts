import { severities } from '../../shared/alerts/severity.ts';
import { type IncidentId, isId } from '../../shared/kernel/index.ts';
import type { Wanted } from '../incidents/listing.ts';

/** What the address says is to be shown. */
export type Place =
  | ({ readonly page: 'incidents' } & Wanted)
  | { readonly page: 'incident'; readonly id: IncidentId }
  | { readonly page: 'unknown' };

/** The place that an address means. */
export function placeOf({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Place {
  const [first, second, ...rest] = pathname.split('/').filter((part) => part !== '');
  if (first === undefined || (first === 'incidents' && second === undefined)) {
    const asked = new URLSearchParams(search);
    const severity = severities.find((one) => one === asked.get('severity'));
    return { page: 'incidents', listing: asked.get('state') === 'resolved' ? 'resolved' : 'open', severity };
  }
  if (first === 'incidents' && second !== undefined && rest.length === 0 && isId('incident', second))
    return { page: 'incident', id: second };
  return { page: 'unknown' };
}

/** The address of a place. */
export function addressOf(place: Exclude<Place, { page: 'unknown' }>): string {
  if (place.page === 'incident') return `/incidents/${place.id}`;
  const { listing, severity } = place;
  const asked = new URLSearchParams({
    ...(listing !== 'open' && { state: listing }),
    ...(severity !== undefined && { severity }),
  });
  return asked.size === 0 ? '/incidents' : `/incidents?${asked}`;
}
