import { useState } from 'react';
import { useLocation } from 'wouter';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { runbooksApi } from '../../shared/runbooks/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import { runAddress } from '../app/addresses.ts';
import type { Run } from './use-runbooks.ts';

type Started = Answer<(typeof runbooksApi)['start']>;
/** What every step would send. */
export type DryRun = Extract<Started, { dryRun: true }>;

/** Starts a runbook and goes to its run; or shows what its steps would send. */
export function useStart(api: Api, incident?: IncidentId) {
  const task = useTask();
  const [, goTo] = useLocation();
  const [dry, setDry] = useState<DryRun & { readonly runbook: string }>();
  const about = incident === undefined ? {} : { incident };
  const path = (id: string) => `/api/runbooks/${encodeURIComponent(id)}/execute`;
  return {
    ...{ busy: task.busy, problem: task.problem, dry },
    start: (id: string) =>
      task.run(async () => {
        const run = await api.call<Run>(path(id), { method: 'POST', body: about });
        goTo(runAddress(run.id));
      }),
    tryDry: (id: string) =>
      task.run(async () => {
        const body = { ...about, dryRun: true };
        setDry({ ...(await api.call<DryRun>(path(id), { method: 'POST', body })), runbook: id });
      }),
    putAway: () => setDry(undefined),
  };
}
