import { useCallback, useRef } from 'react';
import { SECOND } from '../../shared/kernel/time.ts';
import type { statusApi } from '../../shared/status/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api, Asked } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';
import { useTask } from '../api/use-task.ts';

/** The page as members see it, with what waits to be told. */
export type Status = Answer<typeof statusApi.get>;
export type PublicStatus = Answer<(typeof statusApi)['get-public']>;
export type Proposal = Status['proposals'][number];
export type Component = Status['components'][number];
export type PageIncident = Status['incidents'][number];
export type Maintenance = Status['maintenance'][number];

const EVERY = 10 * SECOND;

/** The page as members see it, kept up to date. */
export function useStatus(api: Api) {
  return usePoll(
    useCallback((signal: AbortSignal) => api.call<Status>('/api/status', { signal }), [api]),
    EVERY,
  );
}

/** The page as everybody sees it; nothing before it was first changed. */
export function usePublicStatus(api: Api, page: string) {
  return usePoll(
    useCallback(
      (signal: AbortSignal) => api.call<PublicStatus>('/api/status/public', { query: { page }, signal }),
      [api, page],
    ),
    EVERY,
  );
}

/** A change of the page: where it goes and what it says. */
export interface Change extends Pick<Asked, 'body' | 'ifVersion'> {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/status`. */
  readonly path: string;
}

/** Changes the page, one change at a time. What is sent again after a failure has the same key and is carried out once. */
export function useChange(api: Api, onChanged: () => void) {
  const { run, busy, problem } = useTask();
  const sent = useRef({ text: '', key: '' });
  const change = ({ path, ...asked }: Change, after?: () => void) => {
    const text = JSON.stringify([path, asked]);
    if (sent.current.text !== text) sent.current = { text, key: crypto.randomUUID() };
    const { key } = sent.current;
    run(async () => {
      await api.call(`/api/status${path}`, { ...asked, idempotencyKey: key });
      sent.current = { text: '', key: '' };
      after?.();
      onChanged();
    });
  };
  return { change, busy, problem };
}

/** What every part that changes the page is given. */
export interface Publishing {
  readonly api: Api;
  readonly status: Status;
  /** Something was published or changed; says so, where there are words for it. */
  onChanged(told?: string): void;
}
