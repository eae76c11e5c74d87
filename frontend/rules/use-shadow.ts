import { useCallback } from 'react';
import type { configurationApi } from '../../shared/configuration/api.ts';
import { MINUTE } from '../../shared/kernel/time.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';

/** What the shadow rules would have done since they were put there. */
export type ShadowReport = Answer<(typeof configurationApi)['get-shadow']>;

/** The report on the shadow rules; asked every five minutes, for it plays all that was received since. */
export function useShadow(api: Api) {
  return usePoll(
    useCallback((signal: AbortSignal) => api.call<ShadowReport>('/api/rules/shadow', { signal }), [api]),
    5 * MINUTE,
  );
}
