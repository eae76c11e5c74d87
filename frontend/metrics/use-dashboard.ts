import { useCallback } from 'react';
import { MINUTE } from '../../shared/kernel/time.ts';
import type { metricsApi } from '../../shared/metrics/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';
import { type Asked, queryOf } from './asked.ts';

/** All that the dashboard shows. */
export type Dashboard = Answer<(typeof metricsApi)['get-dashboard']>;
export type Group = Dashboard['groups']['severity'][number];
export type Summary = Dashboard['measures'];
export type MetricsIncident = Dashboard['open']['items'][number];

/** The dashboard, asked for each minute; what is open is counted on by the reader's clock in between. */
export function useDashboard(api: Api, asked: Asked) {
  const { days, zone, severity, team, service, component } = asked;
  const load = useCallback(
    (signal: AbortSignal) => {
      const query = queryOf(
        { days, zone, severity, team, service, component, measure: 'mttr', by: 'team' },
        Date.now(),
      );
      return api.call<Dashboard>('/api/metrics/dashboard', { query, signal });
    },
    [api, days, zone, severity, team, service, component],
  );
  return usePoll(load, MINUTE);
}
