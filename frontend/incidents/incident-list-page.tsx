import { Button } from '@mantine/core';
import { useCallback, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { severityText } from '../../shared/incidents/words.ts';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { incidentsAddress } from '../app/addresses.ts';
import { useCatalogue } from '../catalogue/use-catalogue.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useTitle } from '../ui/use-title.ts';
import { useTyped } from '../ui/use-typed.ts';
import { Waiting } from '../ui/waiting.tsx';
import { IncidentList } from './incident-list.tsx';
import { ListChoice } from './list-choice.tsx';
import { ListFilters } from './list-filters.tsx';
import type { Listed } from './listed.ts';
import type { Wanted } from './listing.ts';
import { matches } from './matching.ts';
import { NothingListed } from './nothing-listed.tsx';
import { ShowMore } from './show-more.tsx';
import { useIncidents } from './use-incidents.ts';
import { listingWords } from './words.ts';

export interface IncidentListPageProps {
  readonly api: Api;
  readonly wanted: Wanted;
  readonly role: Role;
}

/** The incidents of the organisation, those that the address asks for. */
export function IncidentListPage({ api, wanted, role }: IncidentListPageProps) {
  const { value, at, problem, refresh, ...paging } = useIncidents(api, wanted);
  const { words, change, filters } = useFilters(api, wanted);
  const now = useNow();
  useTitle(titleOf(wanted, value));
  return (
    <>
      <div className="head">
        <h1>Incidents</h1>
        {may(role, 'incident.write') && (
          <Button component={Link} to="/incidents/new">
            Declare an incident
          </Button>
        )}
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      <div className="controls">
        <ListChoice wanted={wanted} counts={value?.severities} />
        <ListFilters wanted={wanted} {...filters} />
      </div>
      {value === undefined && problem === undefined && <Waiting what="incidents" />}
      {value !== undefined && (
        <Found
          value={value}
          wanted={{ ...wanted, text: words }}
          now={now}
          {...paging}
          onClear={() => change({})}
        />
      )}
    </>
  );
}

interface FoundProps extends Pick<ReturnType<typeof useIncidents>, 'busy' | 'showMore'> {
  readonly value: Listed;
  readonly wanted: Wanted & { readonly text: string };
  readonly now: number;
  onClear(): void;
}

/** What was loaded, as far as it has the words that are looked for, and a way to more. */
function Found({ value, wanted, now, busy, showMore, onClear }: FoundProps) {
  const list = useRef<HTMLDivElement>(null);
  const { listing, text } = wanted;
  const items = value.items.filter((incident) => matches(incident, text));
  return (
    <>
      {items.length === 0 && <NothingListed wanted={wanted} more={value.more} onClear={onClear} />}
      <div ref={list}>
        {items.length > 0 && <IncidentList incidents={items} listing={listing} now={now} />}
      </div>
      {(value.more || value.pages > 1 || text !== '') && (
        <ShowMore
          listing={listing}
          count={value.items.length}
          matching={text === '' ? undefined : items.length}
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

/** The filters over the address: what is typed replaces it, what is chosen is a step that the back button takes back. */
function useFilters(api: Api, wanted: Wanted) {
  const [, go] = useLocation();
  const { listing, severity, service } = wanted;
  const tell = useCallback(
    (typed: string) => {
      const to = { listing, severity, service, text: typed || undefined };
      go(incidentsAddress(to), { replace: true });
    },
    [go, listing, severity, service],
  );
  const [text, setText] = useTyped(wanted.text ?? '', tell);
  const known = useCatalogue(api).value?.items.map(({ name }) => name) ?? [];
  const change = (to: Omit<Wanted, 'listing'>) => {
    setText(to.text ?? '');
    go(incidentsAddress({ listing, ...to }));
  };
  const onService = (name: string | undefined) =>
    change({ severity, service: name, text: text || undefined });
  return {
    words: text.trim(),
    change,
    filters: { known, text, onText: setText, onService, onClear: () => change({}) },
  };
}

function titleOf({ listing, severity }: Wanted, value: Listed | undefined): string {
  const of = severity === undefined ? '' : ` ${severityText(severity)}`;
  const title = `${listingWords[listing]}${of} incidents`;
  return value === undefined ? title : `(${value.total ?? value.items.length}) ${title}`;
}
