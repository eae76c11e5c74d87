import { useState } from 'react';
import { Link } from 'wouter';
import { severities } from '../../shared/alerts/severity.ts';
import { severityWords } from '../../shared/incidents/words.ts';
import { incidentsAddress } from '../app/addresses.ts';
import type { Listed } from './listed.ts';
import { listings, type Wanted } from './listing.ts';
import { countText, listingWords } from './words.ts';

export interface ListChoiceProps {
  readonly wanted: Wanted;
  /** How many there are of each severity, where that is known. */
  readonly counts: Listed['severities'];
}

/** Which incidents are shown: by their state, and of every severity or of one. */
export function ListChoice({ wanted, counts }: ListChoiceProps) {
  const { listing, severity } = wanted;
  const known = useLast(counts, listing);
  const all = known && Object.values(known).reduce((a, b) => a + b, 0);
  const link = (to: Pick<Wanted, 'listing' | 'severity'>) => ({
    to: incidentsAddress({ ...wanted, ...to }),
    'aria-current': to.listing === listing && to.severity === severity ? ('page' as const) : undefined,
  });
  return (
    <>
      <nav className="choice states" aria-label="Which incidents">
        {listings.map((one) => (
          <Link key={one} {...link({ listing: one, severity })}>
            {listingWords[one]}
          </Link>
        ))}
      </nav>
      <nav className="choice severities" aria-label="Severity">
        <Link {...link({ listing, severity: undefined })}>
          All
          <Count of={all} />
        </Link>
        {severities.map((one) => (
          <Link key={one} {...link({ listing, severity: one })}>
            {severityWords[one].short}
            <span className="unseen"> {severityWords[one].word}</span>
            <Count of={known?.[one]} />
          </Link>
        ))}
      </nav>
    </>
  );
}

function Count({ of }: { readonly of: number | undefined }) {
  return of === undefined ? null : <span className="count"> {countText(of)}</span>;
}

/** The last counts of this listing, so that they stay while another severity is asked for. */
function useLast(counts: ListChoiceProps['counts'], listing: Wanted['listing']): typeof counts {
  const [last, setLast] = useState({ counts, listing });
  const changed = listing !== last.listing || (counts !== undefined && counts !== last.counts);
  if (changed) setLast({ counts, listing });
  return changed ? counts : last.counts;
}
