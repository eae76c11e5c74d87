import { useCallback } from 'react';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';
import type { Listing } from './listing.ts';

/** The newest incidents, at most 200; `next` says that there are more. */
export type IncidentsPage = Answer<(typeof incidentsApi)['list']>;

/** The incidents of a listing, kept up to date. */
export function useIncidents(api: Api, listing: Listing) {
  return usePoll(
    useCallback(
      (signal) =>
        api.call<IncidentsPage>('/api/incidents', { query: { state: listing, limit: 200 }, signal }),
      [api, listing],
    ),
  );
}
