import { useCallback, useMemo, useState } from 'react';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';
import { type IncidentsPage, listFrom } from './listed.ts';
import type { Wanted } from './listing.ts';

const limit = 200;

/** The incidents of a listing, kept up to date: what is open most urgent first, what is resolved newest first. */
export function useIncidents(api: Api, { listing, severity, service }: Wanted) {
  const list = useMemo(() => listOf(api, { listing, severity, service }), [api, listing, severity, service]);
  const { value, at, problem, refresh } = usePoll(list.load);
  const [asked, setAsked] = useState({ of: list, pages: 1 });
  const showMore = useCallback(() => {
    setAsked({ of: list, pages: list.lengthen() });
    refresh();
  }, [list, refresh]);
  const busy = value?.more === true && asked.of === list && asked.pages > value.pages;
  return { value, at, problem, busy, showMore, refresh };
}

function listOf(api: Api, { listing, severity, service }: Wanted) {
  const query = {
    state: listing,
    limit,
    ...(listing !== 'resolved' && { order: 'urgency' }),
    ...(severity !== undefined && { severity }),
    ...(service !== undefined && { service }),
  };
  return listFrom((cursor, signal) =>
    api.call<IncidentsPage>('/api/incidents', {
      query: { ...query, ...(cursor !== undefined && { cursor }) },
      signal,
    }),
  );
}
