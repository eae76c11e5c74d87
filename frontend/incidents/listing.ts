import type { Severity } from '../../shared/alerts/severity.ts';

export const listings = ['open', 'resolved'] as const;

/** Which incidents the list shows. */
export type Listing = (typeof listings)[number];

/** What is asked of the list; without a severity those of every severity. */
export interface Wanted {
  readonly listing: Listing;
  readonly severity?: Severity | undefined;
}
