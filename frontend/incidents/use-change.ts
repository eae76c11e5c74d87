import { useState } from 'react';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import type { IncidentView } from '../../shared/incidents/index.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Body } from '../api/answer.ts';
import { problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';
import type { Done } from './incident-actions.tsx';

/** What became of the last change. */
export interface Change {
  readonly busy: boolean;
  readonly done?: Done;
  readonly problem?: string;
}

/**
 * Moves an incident to another state. No version goes along: whoever acknowledges or resolves means it, also when an
 * escalation came in between. What was seen goes along: an alert that came later was not resolved.
 */
export function useChange(api: Api, id: IncidentId, seen: number | undefined, onChanged: () => void) {
  const [change, setChange] = useState<Change>({ busy: false });
  const moveTo = (to: Done) => {
    setChange({ busy: true });
    const knew = to === 'resolved' && seen !== undefined && { seen };
    const body: Body<(typeof incidentsApi)['update']> =
      to === 'mitigated' ? { mitigatedAt: 'now' } : { state: to, ...knew };
    api.call<IncidentView>(`/api/incidents/${id}`, { method: 'PATCH', body }).then(
      () => {
        setChange({ busy: false, done: to });
        onChanged();
      },
      (thrown: unknown) => setChange({ busy: false, problem: problemBehind(thrown).message }),
    );
  };
  return { ...change, moveTo };
}
