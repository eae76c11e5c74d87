import { type IncidentId, isId } from '../../shared/kernel/index.ts';
import type { Listing } from '../incidents/listing.ts';

/** What the address says is to be shown. */
export type Place =
  | { readonly page: 'incidents'; readonly listing: Listing }
  | { readonly page: 'incident'; readonly id: IncidentId }
  | { readonly page: 'unknown' };

/** The place that an address means. */
export function placeOf({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Place {
  const [first, second, ...rest] = pathname.split('/').filter((part) => part !== '');
  if (first === undefined || (first === 'incidents' && second === undefined)) {
    const state = new URLSearchParams(search).get('state');
    return { page: 'incidents', listing: state === 'resolved' ? 'resolved' : 'open' };
  }
  if (first === 'incidents' && second !== undefined && rest.length === 0 && isId('incident', second))
    return { page: 'incident', id: second };
  return { page: 'unknown' };
}

/** The address of a place. */
export function addressOf(place: Exclude<Place, { page: 'unknown' }>): string {
  if (place.page === 'incident') return `/incidents/${place.id}`;
  return place.listing === 'open' ? '/incidents' : `/incidents?state=${place.listing}`;
}
