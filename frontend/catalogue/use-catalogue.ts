import { useCallback } from 'react';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import { type Duration, MINUTE } from '../../shared/kernel/time.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';

/** The services that incidents name. */
export type Catalogue = Answer<(typeof incidentsApi)['list-services']>;

/** The services that incidents name, asked for seldom: they are a fold over a month. */
export function useCatalogue(api: Api, every: Duration = 10 * MINUTE) {
  const load = useCallback((signal: AbortSignal) => api.call<Catalogue>('/api/services', { signal }), [api]);
  return usePoll(load, every);
}
