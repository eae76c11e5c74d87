import { useCallback } from 'react';
import type { IncidentId } from '../../../shared/kernel/index.ts';
import { SECOND } from '../../../shared/kernel/time.ts';
import { Problem } from '../../api/problem.ts';
import type { Api } from '../../api/use-api.ts';
import { usePoll } from '../../api/use-poll.ts';
import type { IncidentDetail } from '../use-incident.ts';

/** Incidents by id; what is not there was deleted, or is not known yet. */
export type Named = ReadonlyMap<string, Pick<IncidentDetail, 'name' | 'title' | 'severity' | 'state'>>;

const none: Named = new Map();

/** Incidents that another one names, a few, kept up to date every half minute. */
export function useNamed(api: Api, ids: readonly IncidentId[]): Named {
  const wanted = ids.join(' ');
  const { value } = usePoll(
    useCallback(
      async (signal: AbortSignal): Promise<Named> => {
        if (wanted === '') return none;
        const found = await Promise.all(wanted.split(' ').map((id) => one(api, id, signal)));
        return new Map(
          found.flatMap((incident) => (incident === undefined ? [] : [[incident.id, incident]])),
        );
      },
      [api, wanted],
    ),
    30 * SECOND,
  );
  return value ?? none;
}

async function one(api: Api, id: string, signal: AbortSignal): Promise<IncidentDetail | undefined> {
  try {
    return await api.call<IncidentDetail>(`/api/incidents/${id}`, { signal });
  } catch (thrown) {
    // It was deleted since.
    if (thrown instanceof Problem && thrown.status === 404) return undefined;
    throw thrown;
  }
}
