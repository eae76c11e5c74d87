import { useCallback } from 'react';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';

/** One incident with the summary of its alerts. */
export type IncidentDetail = Answer<(typeof incidentsApi)['get']>;

/** One incident, kept up to date. */
export function useIncident(api: Api, id: IncidentId) {
  return usePoll(
    useCallback((signal) => api.call<IncidentDetail>(`/api/incidents/${id}`, { signal }), [api, id]),
  );
}
