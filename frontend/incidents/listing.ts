import type { Severity } from '../../shared/alerts/severity.ts';

export const listings = ['open', 'triggered', 'acknowledged', 'resolved'] as const;

/** Which incidents the list shows. */
export type Listing = (typeof listings)[number];

/** What is asked of the list; what is absent asks for nothing. */
export interface Wanted {
  readonly listing: Listing;
  readonly severity?: Severity | undefined;
  readonly service?: string | undefined;
  /** Words that are looked for in what was loaded. */
  readonly text?: string | undefined;
}
