import type { Api } from '../api/use-api.ts';
import { Link } from '../app/link.tsx';
import { addressOf } from '../app/place.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { IncidentList } from './incident-list.tsx';
import { type Listing, listings } from './listing.ts';
import { useIncidents } from './use-incidents.ts';

const words = { open: 'Open', resolved: 'Resolved' } as const;

const empty = {
  open: { head: 'Nothing is open', text: 'New incidents appear here by themselves.' },
  resolved: { head: 'Nothing has been resolved yet', text: 'Incidents stay here after they are resolved.' },
} as const;

export interface IncidentListPageProps {
  readonly api: Api;
  readonly listing: Listing;
}

/** The incidents of the organisation, open or resolved. */
export function IncidentListPage({ api, listing }: IncidentListPageProps) {
  const { value, at, problem } = useIncidents(api, listing);
  const now = useNow();
  const title = `${words[listing]} incidents`;
  useTitle(value === undefined ? title : `(${value.items.length}) ${title}`);
  return (
    <>
      <div className="head">
        <h1>Incidents</h1>
        <ListingChoice listing={listing} />
        <Freshness at={at} now={now} problem={problem} />
      </div>
      {value === undefined && problem === undefined && <Waiting what="incidents" />}
      {value?.items.length === 0 && (
        <div className="empty">
          <h2>{empty[listing].head}</h2>
          <p>{empty[listing].text}</p>
        </div>
      )}
      {value !== undefined && value.items.length > 0 && (
        <IncidentList incidents={value.items} listing={listing} now={now} />
      )}
      {value?.next !== undefined && <p className="soft">Only the newest {value.items.length} are shown.</p>}
    </>
  );
}

function ListingChoice({ listing }: { readonly listing: Listing }) {
  return (
    <nav className="choice" aria-label="Which incidents">
      {listings.map((one) => (
        <Link
          key={one}
          to={addressOf({ page: 'incidents', listing: one })}
          aria-current={one === listing ? 'page' : undefined}
        >
          {words[one]}
        </Link>
      ))}
    </nav>
  );
}
