import { useCallback } from 'react';
import { SECOND } from '../../shared/kernel/time.ts';
import type { onCallApi } from '../../shared/on-call/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';

/** Who is on call by each policy. */
export type OnCallNow = Answer<(typeof onCallApi)['get-on-call']>;
export type PolicyNow = OnCallNow['policies'][number];

/** Who is on call, kept up to date every half minute. */
export function useOnCall(api: Api) {
  const load = useCallback((signal: AbortSignal) => api.call<OnCallNow>('/api/on-call', { signal }), [api]);
  return usePoll(load, 30 * SECOND);
}
