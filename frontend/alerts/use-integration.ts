import { useCallback, useState } from 'react';
import type { alertsApi } from '../../shared/alerts/api.ts';
import { SECOND } from '../../shared/kernel/time.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';
import { useTask } from '../api/use-task.ts';
import type { Integration } from './use-integrations.ts';

type Deliveries = Answer<(typeof alertsApi)['list-deliveries']>;
export type Delivery = Deliveries['items'][number];
/** An integration with the key or the secret that it was just given. */
export type Rotated = Answer<(typeof alertsApi)['rotate-integration']>;
type Tested = Answer<(typeof alertsApi)['test-integration']>;

/** What is asked for when a key or a secret is replaced. */
export interface RotationWish {
  readonly what: 'key' | 'secret';
  readonly secret?: string;
  readonly overlapHours: number;
}

const pathOf = (id: Integration['id'], rest = ''): string => `/api/integrations/${id}${rest}`;

/** The last deliveries of an integration, asked for every ten seconds while they are looked at. */
export function useDeliveries(api: Api, id: Integration['id']) {
  return usePoll(
    useCallback(
      (signal: AbortSignal) => api.call<Deliveries>(pathOf(id, '/deliveries'), { signal }),
      [api, id],
    ),
    10 * SECOND,
  );
}

/** Replaces keys and secrets. What the last one gave is held here and nowhere else, until it is put away. */
export function useRotation(api: Api, id: Integration['id'], onChanged: () => void) {
  const [rotated, setRotated] = useState<Rotated>();
  const task = useTask();
  const rotate = (wish: RotationWish) =>
    task.run(async () => {
      setRotated(await api.call<Rotated>(pathOf(id, '/rotate'), { method: 'POST', body: wish }));
      onChanged();
    });
  return { rotated, rotate, busy: task.busy, problem: task.problem, putAway: () => setRotated(undefined) };
}

/** Pauses an integration, or lets it go on. */
export function usePause(api: Api, id: Integration['id'], onChanged: () => void) {
  const task = useTask();
  const pause = (paused: boolean) =>
    task.run(async () => {
      await api.call(pathOf(id), { method: 'PATCH', body: { paused } });
      onChanged();
    });
  return { pause, busy: task.busy, problem: task.problem };
}

/** Sends a test alert. */
export function useTest(api: Api, id: Integration['id']) {
  const [sent, setSent] = useState<Tested>();
  const task = useTask();
  const test = () =>
    task.run(async () => {
      setSent(undefined);
      setSent(await api.call<Tested>(pathOf(id, '/test'), { method: 'POST' }));
    });
  return { sent, test, busy: task.busy, problem: task.problem };
}
