import { useCallback, useState } from 'react';
import type { alertsApi } from '../../../shared/alerts/api.ts';
import { SECOND } from '../../../shared/kernel/time.ts';
import type { Answer, Body } from '../../api/answer.ts';
import type { Api } from '../../api/use-api.ts';
import { usePoll } from '../../api/use-poll.ts';
import { useTask } from '../../api/use-task.ts';

type Page = Answer<(typeof alertsApi)['list-heartbeats']>;
export type Heartbeat = Page['items'][number];
/** A heartbeat that was just made, with its address. */
export type NewHeartbeat = Answer<(typeof alertsApi)['create-heartbeat']>;
export type HeartbeatWish = Body<(typeof alertsApi)['create-heartbeat']>;
export type HeartbeatChange = Body<(typeof alertsApi)['change-heartbeat']>;

const path = '/api/heartbeats';
const pathOf = (name: string): string => `${path}/${encodeURIComponent(name)}`;

/** What must call every so often, kept up to date every ten seconds. */
export function useHeartbeats(api: Api) {
  return usePoll(
    useCallback(async (signal: AbortSignal) => (await api.call<Page>(path, { signal })).items, [api]),
    10 * SECOND,
  );
}

/** Makes heartbeats. The address of the last one is held here and nowhere else, until it is put away. */
export function useNewHeartbeat(api: Api, onMade: () => void) {
  const [made, setMade] = useState<NewHeartbeat>();
  const task = useTask();
  const make = (body: HeartbeatWish) =>
    task.run(async () => {
      setMade(await api.call<NewHeartbeat>(path, { method: 'POST', body }));
      onMade();
    });
  return { made, make, busy: task.busy, problem: task.problem, putAway: () => setMade(undefined) };
}

/** Changes a heartbeat, or removes it. */
export function useHeartbeat(api: Api, name: string, onDone: () => void) {
  const task = useTask();
  const ask = (asked: { method: 'PATCH' | 'DELETE'; body?: HeartbeatChange }) =>
    task.run(async () => {
      await api.call<unknown>(pathOf(name), asked);
      onDone();
    });
  return {
    busy: task.busy,
    problem: task.problem,
    change: (body: HeartbeatChange) => ask({ method: 'PATCH', body }),
    remove: () => ask({ method: 'DELETE' }),
  };
}
