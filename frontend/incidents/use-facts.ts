import { useMemo } from 'react';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import type { FactView } from '../../shared/incidents/index.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';

type FactsPage = Answer<(typeof incidentsApi)['list-facts']>;

const limit = 200;

/** The log of an incident in order, kept up to date: each time only what is new is asked for. */
export function useFacts(api: Api, id: IncidentId) {
  return usePoll(useMemo(() => follow(api, id), [api, id]));
}

/** The log has no gaps, so all after the last number known is all that is new. */
function follow(api: Api, id: IncidentId) {
  let facts: readonly FactView[] = [];
  let last = 0;
  return async (signal: AbortSignal): Promise<readonly FactView[]> => {
    for (;;) {
      const query = { after: last, limit };
      const page = await api.call<FactsPage>(`/api/incidents/${id}/facts`, { query, signal });
      if (page.items.length > 0) facts = [...facts, ...page.items];
      last = page.last;
      if (page.items.length < limit) return facts;
    }
  };
}
