import { useCallback, useState } from 'react';
import type { alertsApi } from '../../../shared/alerts/api.ts';
import { HOUR, SECOND, toText } from '../../../shared/kernel/time.ts';
import type { Answer } from '../../api/answer.ts';
import type { Api } from '../../api/use-api.ts';
import { usePoll } from '../../api/use-poll.ts';
import { useTask } from '../../api/use-task.ts';
import { type AskedAlerts, queryOf } from './asked-alerts.ts';

/** A page of the list of alerts. */
export type AlertPage = Answer<(typeof alertsApi)['list-alerts']>;
export type ListedAlert = AlertPage['items'][number];

const limit = 50;

/** The newest alerts that are asked for, kept up to date, and those of the pages that were asked for after them. */
export function useAlertList(api: Api, asked: AskedAlerts) {
  const { state, severity, service, place, since, text } = asked;
  const ask = useCallback(
    (cursor?: string, signal?: AbortSignal, from = toText(Date.now() - since * HOUR)) => {
      const query = { ...queryOf({ state, severity, service, place, since, text }, from), limit };
      return api.call<AlertPage>('/api/alerts', {
        query: { ...query, ...(cursor !== undefined && { cursor }) },
        ...(signal && { signal }),
      });
    },
    [api, state, severity, service, place, since, text],
  );
  const first = usePoll(
    useCallback(
      async (signal: AbortSignal) => {
        const from = toText(Date.now() - since * HOUR);
        return { ...(await ask(undefined, signal, from)), from };
      },
      [ask, since],
    ),
    15 * SECOND,
  );
  const [more, setMore] = useState<{ of: typeof ask; items: readonly ListedAlert[]; last: AlertPage }>();
  const known = more?.of === ask ? more : undefined;
  const { busy, problem, run } = useTask();
  const [asking, setAsking] = useState<{ from: string; next: string | undefined }>();
  const next = known ? known.last.next : first.value?.next;
  const showMore = () =>
    run(async () => {
      const from = known ? (asking?.from ?? '') : (first.value?.from ?? '');
      if (next === undefined) return;
      const last = await ask(next, undefined, from);
      setAsking({ from, next: last.next });
      setMore({ of: ask, items: [...(known?.items ?? first.value?.items ?? []), ...last.items], last });
    });
  const items = onceEach([...(first.value?.items ?? []), ...(known?.items ?? [])]);
  const coveredFrom = known?.last.coveredFrom ?? first.value?.coveredFrom;
  return {
    ...{ items, coveredFrom, hasMore: next !== undefined, busy, showMore },
    ...{ isThere: first.value !== undefined, at: first.at, refresh: first.refresh },
    problem: first.problem ?? problem,
  };
}

/** What was heard of again is on two pages: the newer word is right. */
function onceEach(items: readonly ListedAlert[]): readonly ListedAlert[] {
  const found = new Map<string, ListedAlert>();
  for (const item of items) if (!found.has(item.id)) found.set(item.id, item);
  return [...found.values()];
}
