import { useEffect, useState } from 'react';
import type { statusApi } from '../../shared/status/api.ts';
import type { Answer } from '../api/answer.ts';
import { type Problem, problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';

type Page = Answer<(typeof statusApi)['list-subscribers']>;
export type Subscriber = Page['items'][number];

export const subscribersPath = '/api/status/subscribers';

const PAGE = 50;

interface Held {
  readonly items?: readonly Subscriber[];
  readonly counts?: Page['counts'];
  readonly next?: string | undefined;
  readonly problem?: Problem;
}

/** The subscribers of the page as far as they are loaded. The list is asked for once, and again when somebody says so. */
export function useSubscribers(api: Api) {
  const [asked, setAsked] = useState<{ readonly cursor?: string | undefined }>({});
  const [busy, setBusy] = useState(true);
  const [held, setHeld] = useState<Held>({});
  useEffect(() => {
    const stop = new AbortController();
    const { cursor } = asked;
    const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
    setBusy(true);
    setHeld(({ problem: _, ...known }) => known);
    api
      .call<Page>(subscribersPath, { query, signal: stop.signal })
      .then((page) => setHeld((known) => (cursor === undefined ? page : after(known, page))))
      .catch((thrown: unknown) => {
        if (!stop.signal.aborted) setHeld((known) => ({ ...known, problem: problemBehind(thrown) }));
      })
      .finally(() => {
        if (!stop.signal.aborted) setBusy(false);
      });
    return () => stop.abort();
  }, [api, asked]);
  return {
    ...held,
    busy,
    /** Asks for the next ones. */
    more: () => setAsked({ cursor: held.next }),
    /** Asks the same again, after it failed. */
    again: () => setAsked({ ...asked }),
    /** Begins anew. */
    refresh: () => setAsked({}),
    /** Somebody is removed: takes them out of what is shown. */
    forget: (id: Subscriber['id']) => setHeld((known) => without(known, id)),
  };
}

const after = ({ items = [], counts }: Held, page: Page): Held => ({
  items: [...items, ...page.items],
  counts,
  next: page.next,
});

function without({ items = [], counts, ...known }: Held, id: Subscriber['id']): Held {
  const gone = items.find((one) => one.id === id);
  const left = items.filter((one) => one !== gone);
  if (gone === undefined || counts === undefined) return { ...known, items: left, counts };
  return { ...known, items: left, counts: { ...counts, [gone.state]: counts[gone.state] - 1 } };
}

/** Asks an address whether it wants the mails of the page; nothing else goes there before it has confirmed. */
export function useInviting(api: Api, page: string, onAsked: (email: string) => void) {
  const { run, ...task } = useTask();
  const invite = (email: string, after: () => void) =>
    run(async () => {
      await api.call('/api/status/subscribe', { method: 'POST', body: { email, page } });
      after();
      onAsked(email);
    });
  return { ...task, invite };
}

/** Removes a subscriber. */
export function useRemoving(api: Api, onRemoved: () => void) {
  const { run, ...task } = useTask();
  const remove = (id: Subscriber['id']) =>
    run(async () => {
      await api.call<undefined>(`${subscribersPath}/${id}`, { method: 'DELETE' });
      onRemoved();
    });
  return { ...task, remove };
}
