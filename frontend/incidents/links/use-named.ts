import { useCallback } from 'react';
import { type IncidentId, isId } from '../../../shared/kernel/index.ts';
import { SECOND } from '../../../shared/kernel/time.ts';
import { Problem } from '../../api/problem.ts';
import type { Api } from '../../api/use-api.ts';
import { usePoll } from '../../api/use-poll.ts';
import type { IncidentDetail } from '../use-incident.ts';

/** Incidents by id; what is not there was deleted, or is not known yet. */
export type Named = ReadonlyMap<string, Pick<IncidentDetail, 'name' | 'title' | 'severity' | 'state'>>;

const none: Named = new Map();

/** The incidents that one names, a few, kept up to date every half minute. */
export function useNamed(api: Api, incident: IncidentDetail | undefined): Named {
  const wanted = namedBy(incident).join(' ');
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

/** The incidents that one names: what it went on in, and what may have to do with it. */
function namedBy(incident: IncidentDetail | undefined): readonly IncidentId[] {
  const { mergedInto, related = [] } = incident ?? {};
  const ids = [...(mergedInto === undefined ? [] : [mergedInto]), ...related.map(({ incident: id }) => id)];
  return ids.filter((one) => isId('incident', one));
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
