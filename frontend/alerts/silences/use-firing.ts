import { useCallback } from 'react';
import { DAY, MINUTE, toText } from '../../../shared/kernel/time.ts';
import type { Api } from '../../api/use-api.ts';
import { usePoll } from '../../api/use-poll.ts';
import type { AlertPage, ListedAlert } from '../single/use-alert-list.ts';

/** What one look may cost: pages of a hundred. */
const MOST_PAGES = 6;

/** Alerts that fire, and whether that is all of the last week. */
export interface Firing {
  readonly alerts: readonly ListedAlert[];
  readonly isWhole: boolean;
}

/** The alerts that fire and were heard of in the last week, the latest first; asked anew every minute. */
export function useFiring(api: Api) {
  return usePoll(
    useCallback(
      async (signal: AbortSignal): Promise<Firing> => {
        const alerts: ListedAlert[] = [];
        const query = { state: 'firing', ruled: 'true', from: toText(Date.now() - 7 * DAY), limit: 100 };
        let cursor: string | undefined;
        for (let read = 0; read < MOST_PAGES; read++) {
          const asked = { ...query, ...(cursor !== undefined && { cursor }) };
          const page: AlertPage = await api.call('/api/alerts', { query: asked, signal });
          alerts.push(...page.items);
          cursor = page.next;
          if (cursor === undefined) return { alerts, isWhole: (page.leftOut ?? []).length === 0 };
        }
        return { alerts, isWhole: false };
      },
      [api],
    ),
    MINUTE,
  );
}
