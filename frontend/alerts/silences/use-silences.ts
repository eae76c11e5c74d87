import { useCallback, useState } from 'react';
import type { alertsApi } from '../../../shared/alerts/api.ts';
import { type Instant, SECOND, toText } from '../../../shared/kernel/time.ts';
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

/** Where one is in the API. */
export const pathOf = (quiet: Quiet): string => `${paths[kindOf(quiet)]}/${quiet.id}`;

const limit = 100;

/** What keeps alerts quiet or will, by its end: those that end first, and whether there are more. */
export interface Listed {
  readonly quiets: readonly Quiet[];
  readonly hasMore: boolean;
}

/** What keeps alerts quiet or will, as far as somebody asked for, kept up to date every ten seconds. */
export function useSilences(api: Api) {
  const [pages, setPages] = useState(1);
  const polled = usePoll(
    useCallback(
      async (signal: AbortSignal): Promise<Listed> =>
        inOrder(
          await Promise.all(Object.values(paths).map((path) => firstPages(api, path, pages, { signal }))),
        ),
      [api, pages],
    ),
    10 * SECOND,
  );
  const [last, setLast] = useState<Listed>();
  // A new number of pages starts afresh; what was there stays until more has come.
  if (polled.value !== undefined && polled.value !== last) setLast(polled.value);
  const showMore = () => setPages(pages + 1);
  return { ...polled, value: polled.value ?? last, busy: polled.value === undefined, showMore };
}

interface Asking {
  readonly signal?: AbortSignal;
  readonly state?: 'expired';
}

async function firstPages(api: Api, path: string, most: number, { signal, state }: Asking): Promise<Listed> {
  const ask = (cursor?: string) =>
    api.call<Silences | Windows>(path, {
      query: { limit, ...(state && { state }), ...(cursor !== undefined && { cursor }) },
      ...(signal && { signal }),
    });
  let page = await ask();
  const quiets: Quiet[] = [...page.items];
  for (let read = 1; read < most && page.next !== undefined; read++) {
    page = await ask(page.next);
    quiets.push(...page.items);
  }
  return { quiets, hasMore: page.next !== undefined };
}

/** Several lists as one, by the end. One that goes on may go on with what ends before the last of another, so that waits. */
export function inOrder(lists: readonly Listed[]): Listed {
  const ends = lists.flatMap(({ quiets, hasMore }) => (hasMore ? (quiets.at(-1)?.to ?? []) : []));
  const all = lists.flatMap(({ quiets }) => quiets).sort((a, b) => (a.to < b.to ? -1 : 1));
  return {
    quiets: all.filter(({ to }) => ends.every((end) => to <= end)),
    hasMore: lists.some(({ hasMore }) => hasMore),
  };
}

/** Those that are over, the last to end first, so many pages of each kind. */
export async function pastQuiets(api: Api, pages: number): Promise<Listed> {
  const lists = await Promise.all(
    Object.values(paths).map((path) => firstPages(api, path, pages, { state: 'expired' })),
  );
  const begins = lists.flatMap(({ quiets, hasMore }) => (hasMore ? (quiets.at(-1)?.to ?? []) : []));
  const all = lists.flatMap(({ quiets }) => quiets).sort((a, b) => (a.to > b.to ? -1 : 1));
  return {
    quiets: all.filter(({ to }) => begins.every((begin) => to >= begin)),
    hasMore: lists.some(({ hasMore }) => hasMore),
  };
}

/** What was made, as the API answers. */
export type MadeQuiet = Answer<(typeof alertsApi)['create-silence' | 'create-maintenance']>;

/** Makes silences and maintenance windows. */
export function useNewSilence(api: Api, onMade: (made: MadeQuiet) => void) {
  const task = useTask();
  const make = (kind: Kind, body: SilenceWish | MaintenanceWish) =>
    task.run(async () => {
      onMade(await api.call<MadeQuiet>(paths[kind], { method: 'POST', body }));
    });
  return { make, busy: task.busy, problem: task.problem };
}

/** Gives one another end. */
export function useMove(api: Api, quiet: Quiet, onDone: (quiet: Quiet) => void) {
  const task = useTask();
  const move = (to: Instant) =>
    task.run(async () => {
      const asked = { method: 'PATCH', body: { to: toText(to) } } as const;
      onDone(await api.call<Quiet>(pathOf(quiet), asked));
    });
  return { move, busy: task.busy, problem: task.problem };
}

/** One by its id, whichever it is; undefined when it is over and so no more in the list. */
export async function quietOf(api: Api, kind: Kind, id: string): Promise<Quiet | undefined> {
  if (kind === 'silence') return api.call<Silence>(`${paths.silence}/${id}`);
  let cursor: string | undefined;
  do {
    const query = { limit: 100, ...(cursor !== undefined && { cursor }) };
    const page: Windows = await api.call<Windows>(paths.maintenance, { query });
    const found = page.items.find((window) => window.id === id);
    if (found) return found;
    cursor = page.next;
  } while (cursor !== undefined);
  return undefined;
}

/** Ends one before its time. */
export function useEnd(api: Api, quiet: Quiet, onDone: () => void) {
  const task = useTask();
  const end = () =>
    task.run(async () => {
      await api.call<unknown>(pathOf(quiet), { method: 'DELETE' });
      onDone();
    });
  return { end, busy: task.busy, problem: task.problem };
}
