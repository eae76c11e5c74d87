import { useCallback } from 'react';
import { DAY, MINUTE } from '../../shared/kernel/time.ts';
import type { metricsApi } from '../../shared/metrics/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';
import { type Asked, askedIn, metricsAddress, queryOf } from './asked.ts';

/** All that the dashboard shows. */
export type Dashboard = Answer<(typeof metricsApi)['get-dashboard']>;
export type Group = Dashboard['groups']['severity'][number];
export type Summary = Dashboard['measures'];
export type MetricsIncident = Dashboard['open']['items'][number];

/** The dashboard, asked for each minute; what is open is counted on by the reader's clock in between. */
export function useDashboard(api: Api, asked: Asked) {
  // What only the page needs is no reason to ask anew.
  const address = metricsAddress({ ...asked, measure: 'mttr', by: 'team' });
  const load = useCallback(
    (signal: AbortSignal) => {
      const query = queryOf(askedIn(address.split('?')[1] ?? ''), Date.now());
      return api.call<Dashboard>('/api/metrics/dashboard', { query, signal });
    },
    [api, address],
  );
  return usePoll(load, MINUTE);
}

/** How many days a dashboard is of. */
export const daysOf = ({ from, to }: Pick<Dashboard, 'from' | 'to'>): number =>
  Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / DAY));
