import type { IncidentView } from '../../shared/incidents/index.ts';
import type { Listing } from './listing.ts';

export const stateWords: Readonly<Record<IncidentView['state'], string>> = {
  triggered: 'Triggered',
  acknowledged: 'Acknowledged',
  resolved: 'Resolved',
};

/** The lists of incidents, as their links are called. */
export const listingWords: Readonly<Record<Listing, string>> = { open: 'Open', ...stateWords };

const whole = new Intl.NumberFormat('en-US');

/** `1,270`. */
export function countText(count: number): string {
  return whole.format(count);
}
