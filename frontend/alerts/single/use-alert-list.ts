import { useCallback, useState } from 'react';
import type { alertsApi } from '../../../shared/alerts/api.ts';
import { type Instant, SECOND } from '../../../shared/kernel/time.ts';
import type { Answer } from '../../api/answer.ts';
import type { Api } from '../../api/use-api.ts';
import { usePoll } from '../../api/use-poll.ts';
import { useTask } from '../../api/use-task.ts';
import { type AskedAlerts, alertsAddress, askedAlertsIn, queryOf } from './asked-alerts.ts';

/** A page of the list of alerts. */
export type AlertPage = Answer<(typeof alertsApi)['list-alerts']>;
export type ListedAlert = AlertPage['items'][number];

const limit = 50;

/** One answer looks at so much and no more: after a storm nothing that is asked for may be in it. So many are asked for by themselves. */
const MOST_STEPS = 5;

/** The pages after the first, of what was asked at that time. */
interface Walk {
  readonly of: unknown;
  readonly at: Instant;
  readonly items: readonly ListedAlert[];
  readonly last: AlertPage;
}

/** The newest alerts that are asked for, kept up to date, and those of the pages that were asked for after them. */
export function useAlertList(api: Api, asked: AskedAlerts) {
  // The same words ask for the same, whatever object they come in.
  const address = alertsAddress(asked);
  const ask = useCallback(
    (at: Instant, cursor?: string, signal?: AbortSignal) => {
      const more = { limit: String(limit), ...(cursor !== undefined && { cursor }) };
      const query = queryOf(askedAlertsIn(address.replace(/^[^?]*/, '')), at, more);
      return api.call<AlertPage>(`/api/alerts?${query}`, { ...(signal && { signal }) });
    },
    [api, address],
  );
  const first = usePoll(
    useCallback(
      async (signal: AbortSignal) => {
        const at = Date.now();
        const page = await untilFound(await ask(at, undefined, signal), (next) => ask(at, next, signal));
        return { ...page, at };
      },
      [ask],
    ),
    15 * SECOND,
  );
  const [more, setMore] = useState<Walk>();
  const known = more?.of === ask ? more : undefined;
  const { busy, problem, run } = useTask();
  const next = known ? known.last.next : first.value?.next;
  const showMore = () =>
    run(async () => {
      // The pages of one walk have one beginning.
      const at = known?.at ?? first.value?.at;
      if (next === undefined || at === undefined) return;
      const last = await untilFound(await ask(at, next), (cursor) => ask(at, cursor));
      setMore({ of: ask, at, items: [...(known?.items ?? first.value?.items ?? []), ...last.items], last });
    });
  const items = onceEach([...(first.value?.items ?? []), ...(known?.items ?? [])]);
  const coveredFrom = known?.last.coveredFrom ?? first.value?.coveredFrom;
  return {
    ...{ items, coveredFrom, hasMore: next !== undefined, busy, showMore },
    ...{ isThere: first.value !== undefined, at: first.at, refresh: first.refresh },
    problem: first.problem ?? problem,
  };
}

/** The first page with anything on it, a few steps further back at most. */
async function untilFound(first: AlertPage, ask: (cursor: string) => Promise<AlertPage>): Promise<AlertPage> {
  let page = first;
  for (let step = 1; step < MOST_STEPS && page.items.length === 0 && page.next !== undefined; step++)
    page = await ask(page.next);
  return page;
}

/** What was heard of again is on two pages: the newer word is right. */
function onceEach(items: readonly ListedAlert[]): readonly ListedAlert[] {
  const found = new Map<string, ListedAlert>();
  for (const item of items) if (!found.has(item.id)) found.set(item.id, item);
  return [...found.values()];
}
