import { useCallback, useState } from 'react';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';

/** The first alerts of an incident, with how often each was received. */
export type AlertsPage = Answer<(typeof incidentsApi)['list-alerts']>;

const limit = 20;
const mostPages = 10;

/** The first alerts of an incident, kept up to date, and as many pages after them as somebody asked for. */
export function useAlerts(api: Api, id: IncidentId) {
  const [pages, setPages] = useState(1);
  const polled = usePoll(
    useCallback(
      async (signal: AbortSignal): Promise<AlertsPage> => {
        const ask = (cursor?: string) =>
          api.call<AlertsPage>(`/api/incidents/${id}/alerts`, {
            query: { limit, ...(cursor !== undefined && { cursor }) },
            signal,
          });
        let page = await ask();
        const items = [...page.items];
        for (let read = 1; read < pages && page.next !== undefined; read++) {
          page = await ask(page.next);
          items.push(...page.items);
        }
        return { ...page, items };
      },
      [api, id, pages],
    ),
  );
  const [last, setLast] = useState<AlertsPage>();
  // A new number of pages starts afresh; what was there stays until more has come.
  if (polled.value !== undefined && polled.value !== last) setLast(polled.value);
  const showMore = pages < mostPages ? () => setPages(pages + 1) : undefined;
  return { ...polled, value: polled.value ?? last, showMore };
}
