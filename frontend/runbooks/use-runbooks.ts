import { useCallback } from 'react';
import type { IncidentId } from '../../shared/kernel/index.ts';
import { SECOND } from '../../shared/kernel/time.ts';
import type { runbooksApi } from '../../shared/runbooks/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';

export type RunbookRow = Answer<(typeof runbooksApi)['list']>['items'][number];
export type RunbookDetail = Answer<(typeof runbooksApi)['get']>;
export type Versions = readonly Answer<(typeof runbooksApi)['list-versions']>['items'][number][];
export type Proposal = Answer<(typeof runbooksApi)['propose']>['items'][number];
export type RunSummary = Answer<(typeof runbooksApi)['list-runs']>['items'][number];
export type Run = Answer<(typeof runbooksApi)['get-run']>;
export type RunStep = Run['steps'][number];
export type StepAnswer = RunStep['answers'][number];

interface Items<Item> {
  readonly items: readonly Item[];
}

const items = async <Item>(
  api: Api,
  path: string,
  signal: AbortSignal,
  query = {},
): Promise<readonly Item[]> => (await api.call<Items<Item>>(path, { signal, query })).items;

/** All runbooks, kept up to date every half minute. */
export function useRunbooks(api: Api) {
  return usePoll(
    useCallback((signal: AbortSignal) => items<RunbookRow>(api, '/api/runbooks', signal), [api]),
    30 * SECOND,
  );
}

/** The runbooks that were removed. */
export function useRemovedRunbooks(api: Api) {
  return usePoll(
    useCallback(
      (signal: AbortSignal) => items<RunbookRow>(api, '/api/runbooks', signal, { removed: 'true' }),
      [api],
    ),
    30 * SECOND,
  );
}

/** One runbook with its versions and latest runs. */
export function useRunbook(api: Api, id: string) {
  const path = `/api/runbooks/${encodeURIComponent(id)}`;
  return usePoll(
    useCallback(
      async (signal: AbortSignal) => {
        const [runbook, versions, runs] = await Promise.all([
          api.call<RunbookDetail>(path, { signal }),
          items<Versions[number]>(api, `${path}/versions`, signal),
          items<RunSummary>(api, '/api/runs', signal, { runbook: id }),
        ]);
        return { runbook, versions, runs };
      },
      [api, path, id],
    ),
    10 * SECOND,
  );
}

/** The runbooks that fit an incident, asked again now and then as it changes. */
export function useProposals(api: Api, incident: IncidentId) {
  return usePoll(
    useCallback(
      (signal: AbortSignal) => items<Proposal>(api, `/api/incidents/${incident}/runbooks`, signal),
      [api, incident],
    ),
    30 * SECOND,
  );
}

/** The runs for an incident, the newest first. */
export function useRuns(api: Api, incident: IncidentId) {
  return usePoll(
    useCallback(
      (signal: AbortSignal) => items<RunSummary>(api, '/api/runs', signal, { incident }),
      [api, incident],
    ),
    10 * SECOND,
  );
}

/** One run, kept up to date. */
export function useRun(api: Api, id: string) {
  return usePoll(useCallback((signal) => api.call<Run>(`/api/runs/${id}`, { signal }), [api, id]));
}
