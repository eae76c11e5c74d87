import { useCallback } from 'react';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import type { FactView } from '../../shared/incidents/index.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { useWhole } from '../api/use-whole.ts';

type FactsPage = Answer<(typeof incidentsApi)['list-facts']>;

const PAGE = 200;

/** The whole log of an incident. */
export function useLog(api: Api, incident: IncidentId) {
  return useWhole(useCallback((signal) => factPages(api, incident, signal), [api, incident]));
}

async function* factPages(
  api: Api,
  incident: IncidentId,
  signal: AbortSignal,
): AsyncGenerator<readonly FactView[]> {
  for (let after = 0; ; ) {
    const query = { after, limit: PAGE };
    const page = await api.call<FactsPage>(`/api/incidents/${incident}/facts`, { query, signal });
    yield page.items;
    if (page.items.length < PAGE) return;
    after = page.last;
  }
}
