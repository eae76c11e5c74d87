import { useCallback } from 'react';
import type { alertsApi } from '../../../shared/alerts/api.ts';
import { SECOND } from '../../../shared/kernel/time.ts';
import type { Answer, Body } from '../../api/answer.ts';
import type { Api } from '../../api/use-api.ts';
import { usePoll } from '../../api/use-poll.ts';
import { useTask } from '../../api/use-task.ts';

type Silences = Answer<(typeof alertsApi)['list-silences']>;
type Windows = Answer<(typeof alertsApi)['list-maintenance']>;
export type Silence = Silences['items'][number];
export type MaintenanceWindow = Windows['items'][number];
export type Quiet = Silence | MaintenanceWindow;
export type SilenceWish = Body<(typeof alertsApi)['create-silence']>;
export type MaintenanceWish = Body<(typeof alertsApi)['create-maintenance']>;

const paths = { silence: '/api/silences', maintenance: '/api/maintenance' } as const;
export type Kind = keyof typeof paths;

/** Which of the two it is. */
export const kindOf = (quiet: Quiet): Kind => ('matchers' in quiet ? 'silence' : 'maintenance');

/** What keeps alerts quiet or will, by its end, kept up to date every ten seconds. */
export function useSilences(api: Api) {
  return usePoll(
    useCallback(
      async (signal: AbortSignal): Promise<readonly Quiet[]> => {
        const [silences, windows] = await Promise.all([
          api.call<Silences>(`${paths.silence}?limit=100`, { signal }),
          api.call<Windows>(`${paths.maintenance}?limit=100`, { signal }),
        ]);
        return [...silences.items, ...windows.items].sort((a, b) => (a.to < b.to ? -1 : 1));
      },
      [api],
    ),
    10 * SECOND,
  );
}

/** Makes silences and maintenance windows. */
export function useNewSilence(api: Api, onMade: () => void) {
  const task = useTask();
  const make = (kind: Kind, body: SilenceWish | MaintenanceWish) =>
    task.run(async () => {
      await api.call<unknown>(paths[kind], { method: 'POST', body });
      onMade();
    });
  return { make, busy: task.busy, problem: task.problem };
}

/** Ends one before its time. */
export function useEnd(api: Api, quiet: Quiet, onDone: () => void) {
  const task = useTask();
  const end = () =>
    task.run(async () => {
      await api.call<unknown>(`${paths[kindOf(quiet)]}/${quiet.id}`, { method: 'DELETE' });
      onDone();
    });
  return { end, busy: task.busy, problem: task.problem };
}
