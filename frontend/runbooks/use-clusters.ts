import { useCallback } from 'react';
import { SECOND } from '../../shared/kernel/time.ts';
import type { runbooksApi } from '../../shared/runbooks/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';
import { useTask } from '../api/use-task.ts';

export type Cluster = Answer<(typeof runbooksApi)['get-cluster']>;

/** The clusters, kept up to date: a test that was asked for is answered within seconds. */
export function useClusters(api: Api) {
  return usePoll(
    useCallback(
      async (signal: AbortSignal) =>
        (await api.call<{ items: readonly Cluster[] }>('/api/runbooks/clusters', { signal })).items,
      [api],
    ),
    2 * SECOND,
  );
}

/** Registers, changes, tests or removes a cluster. */
export function useCluster(api: Api, onDone: () => void) {
  const task = useTask();
  const ask = (path: string, asked: { method: 'PUT' | 'POST' | 'DELETE'; body?: object }, then = onDone) =>
    task.run(async () => {
      await api.call<unknown>(`/api/runbooks/clusters/${path}`, asked);
      then();
    });
  return {
    busy: task.busy,
    problem: task.problem,
    save: (name: string, body: object) => ask(encodeURIComponent(name), { method: 'PUT', body }),
    test: (name: string) => ask(`${encodeURIComponent(name)}/test`, { method: 'POST' }),
    remove: (name: string) => ask(encodeURIComponent(name), { method: 'DELETE' }),
  };
}
