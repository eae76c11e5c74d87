import { useCallback } from 'react';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';

/** The first alerts of an incident, with how often each was received. */
export type AlertsPage = Answer<(typeof incidentsApi)['list-alerts']>;

const limit = 20;

/** The first alerts of an incident, kept up to date. */
export function useAlerts(api: Api, id: IncidentId) {
  return usePoll(
    useCallback(
      (signal) => api.call<AlertsPage>(`/api/incidents/${id}/alerts`, { query: { limit }, signal }),
      [api, id],
    ),
  );
}
