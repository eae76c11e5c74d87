import { useCallback } from 'react';
import type { onCallApi } from '../../shared/on-call/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';
import { useTask } from '../api/use-task.ts';

/** The channels of whoever looks, and what became of their last tests. */
export type OwnChannels = Answer<(typeof onCallApi)['list-tests']>;
export type OwnChannel = OwnChannels['items'][number];

const path = '/api/on-call/test-notification';

/** The channels of whoever looks, kept up to date while they are shown; sends tests and confirms a number. */
export function useOwnChannels(api: Api) {
  const load = useCallback((signal: AbortSignal) => api.call<OwnChannels>(path, { signal }), [api]);
  const { refresh, ...polled } = usePoll(load);
  const { run, ...task } = useTask();
  const post = (to: string, body: object, then: () => void = () => undefined) =>
    run(async () => {
      await api.call<OwnChannels>(to, { method: 'POST', body });
      then();
      refresh();
    });
  return {
    polled,
    task,
    send: (channel: OwnChannel['channel']) => post(path, { channel }),
    confirm: (code: string, then: () => void) => post(`${path}/confirm`, { code }, then),
  };
}
