import { useRef } from 'react';
import type { Api } from '../api/use-api.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { IncidentList } from './incident-list.tsx';
import { ListChoice, listingWords } from './list-choice.tsx';
import type { Listed } from './listed.ts';
import type { Wanted } from './listing.ts';
import { ShowMore } from './show-more.tsx';
import { useIncidents } from './use-incidents.ts';
import { severityText } from './words.ts';

const empty = {
  open: { head: 'Nothing is open', text: 'New incidents appear here by themselves.' },
  resolved: { head: 'Nothing has been resolved yet', text: 'Incidents stay here after they are resolved.' },
} as const;

export interface IncidentListPageProps {
  readonly api: Api;
  readonly wanted: Wanted;
}

/** The incidents of the organisation, open or resolved. */
export function IncidentListPage({ api, wanted }: IncidentListPageProps) {
  const { value, at, problem, busy, showMore } = useIncidents(api, wanted);
  const now = useNow();
  const list = useRef<HTMLDivElement>(null);
  const { listing } = wanted;
  useTitle(titleOf(wanted, value));
  return (
    <>
      <div className="head">
        <h1>Incidents</h1>
        <ListChoice wanted={wanted} counts={value?.severities} />
        <Freshness at={at} now={now} problem={problem} />
      </div>
      {value === undefined && problem === undefined && <Waiting what="incidents" />}
      {value?.items.length === 0 && <Empty wanted={wanted} more={value.more} />}
      <div ref={list}>
        {value !== undefined && value.items.length > 0 && (
          <IncidentList incidents={value.items} listing={listing} now={now} />
        )}
      </div>
      {value !== undefined && (value.more || value.pages > 1) && (
        <ShowMore
          listing={listing}
          count={value.items.length}
          total={value.total}
          more={value.more}
          busy={busy}
          list={list}
          onMore={showMore}
        />
      )}
    </>
  );
}

function titleOf({ listing, severity }: Wanted, value: Listed | undefined): string {
  const of = severity === undefined ? '' : ` ${severityText(severity)}`;
  const title = `${listingWords[listing]}${of} incidents`;
  return value === undefined ? title : `(${value.total ?? value.items.length}) ${title}`;
}

function Empty({
  wanted: { listing, severity },
  more,
}: Pick<IncidentListPageProps, 'wanted'> & Pick<Listed, 'more'>) {
  const { head, text } =
    severity === undefined
      ? empty[listing]
      : {
          head: `Nothing ${listing} is ${severityText(severity)}`,
          text: 'Other severities are not shown here.',
        };
  return (
    <div className="empty">
      <h2>{more ? 'Nothing found yet' : head}</h2>
      <p>{more ? 'There are older incidents that were not looked through.' : text}</p>
    </div>
  );
}
