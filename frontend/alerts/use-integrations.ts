import { useCallback, useState } from 'react';
import type { alertsApi } from '../../shared/alerts/api.ts';
import { SECOND } from '../../shared/kernel/time.ts';
import type { Answer, Body } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';
import { useTask } from '../api/use-task.ts';

export type Integration = Answer<(typeof alertsApi)['list-integrations']>['items'][number];
/** An integration that was just made, with its secret. */
export type NewIntegration = Answer<(typeof alertsApi)['create-integration']>;
export type IntegrationWish = Body<(typeof alertsApi)['create-integration']>;

type Page = Answer<(typeof alertsApi)['list-integrations']>;

const path = '/api/integrations';

/** What may send alerts here, oldest first, kept up to date every half minute. */
export function useIntegrations(api: Api) {
  return usePoll(
    useCallback((signal: AbortSignal) => allOf(api, signal), [api]),
    30 * SECOND,
  );
}

async function allOf(api: Api, signal: AbortSignal): Promise<readonly Integration[]> {
  const all: Integration[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 100, ...(cursor !== undefined && { cursor }) };
    const page = await api.call<Page>(path, { query, signal });
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}

/** Makes integrations. The secret of the last one is held here and nowhere else, until the next is made or it is put away. */
export function useNewIntegration(api: Api, onMade: () => void) {
  const [made, setMade] = useState<NewIntegration>();
  const task = useTask();
  const make = (wish: IntegrationWish) =>
    task.run(async () => {
      setMade(await api.call<NewIntegration>(path, { method: 'POST', body: wish }));
      onMade();
    });
  return { made, make, busy: task.busy, problem: task.problem, putAway: () => setMade(undefined) };
}

/** Ends an integration. */
export function useEnding(api: Api, onEnded: () => void) {
  const task = useTask();
  const end = (id: Integration['id']) =>
    task.run(async () => {
      await api.call<undefined>(`${path}/${id}`, { method: 'DELETE' });
      onEnded();
    });
  return { end, busy: task.busy, problem: task.problem };
}
