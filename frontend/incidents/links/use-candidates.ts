import { useCallback } from 'react';
import { SECOND } from '../../../shared/kernel/time.ts';
import type { Api } from '../../api/use-api.ts';
import { usePoll } from '../../api/use-poll.ts';
import type { IncidentsPage } from '../listed.ts';
import { matches } from '../matching.ts';

export type Candidate = IncidentsPage['items'][number];

/** The incidents that another one may belong with: the most urgent that are open, then the newest that are over. */
export function useCandidates(api: Api) {
  return usePoll(
    useCallback(
      async (signal: AbortSignal) => {
        const ask = (query: Readonly<Record<string, string | number>>) =>
          api.call<IncidentsPage>('/api/incidents', { query, signal });
        const [open, over] = await Promise.all([
          ask({ state: 'open', order: 'urgency', limit: 200 }),
          ask({ state: 'resolved', limit: 50 }),
        ]);
        return [...open.items, ...over.items];
      },
      [api],
    ),
    15 * SECOND,
  );
}

/** The most that are shown at once. */
export const MOST_SHOWN = 6;

/** Those that have the words, but for the incident itself and what went on in another one. The one that is chosen stays among them. */
export function candidatesFor(
  all: readonly Candidate[],
  { own, text, chosen }: { readonly own: string; readonly text: string; readonly chosen: string },
): { readonly shown: readonly Candidate[]; readonly more: number } {
  const fitting = all.filter(({ id, mergedInto }) => id !== own && mergedInto === undefined);
  const found = fitting.filter((one) => text.trim() === '' || matches(one, text.trim()));
  const first = found.slice(0, MOST_SHOWN);
  const picked = fitting.find(({ id }) => id === chosen);
  const shown = picked === undefined || first.includes(picked) ? first : [picked, ...first];
  return { shown, more: found.length - first.length };
}
