import { useCallback } from 'react';
import { MINUTE } from '../../shared/kernel/time.ts';
import type { onCallApi } from '../../shared/on-call/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';
import { useTask } from '../api/use-task.ts';

/** A schedule as it is for the next two weeks. */
export type FinalSchedule = Answer<(typeof onCallApi)['get-schedule']>;
export type ShownSpan = FinalSchedule['spans'][number];
/** Somebody who takes over for a time. */
export type Override = Answer<(typeof onCallApi)['list-overrides']>['items'][number];

/** What an override is asked for with. */
export interface OverrideBody {
  readonly person: string;
  readonly instead?: string;
  readonly from: string;
  readonly to: string;
}

const pathOf = (id: string): string => `/api/schedules/${encodeURIComponent(id)}`;

/** A schedule for the next two weeks with its overrides, kept up to date every minute. */
export function useSchedule(api: Api, id: string) {
  const load = useCallback(
    async (signal: AbortSignal) => {
      const [schedule, overrides] = await Promise.all([
        api.call<FinalSchedule>(pathOf(id), { signal }),
        api.call<{ readonly items: readonly Override[] }>(`${pathOf(id)}/overrides`, { signal }),
      ]);
      return { schedule, overrides: overrides.items };
    },
    [api, id],
  );
  return usePoll(load, MINUTE);
}

/** Makes and ends overrides of a schedule. */
export function useOverrides(api: Api, id: string, onChanged: () => void) {
  const { run, ...task } = useTask();
  const path = `${pathOf(id)}/overrides`;
  const add = (body: OverrideBody, then: () => void) =>
    run(async () => {
      await api.call<Override>(path, { method: 'POST', body });
      then();
      onChanged();
    });
  const end = (override: string, then: () => void) =>
    run(async () => {
      await api.call<undefined>(`${path}/${override}`, { method: 'DELETE' });
      then();
      onChanged();
    });
  return { ...task, add, end };
}
