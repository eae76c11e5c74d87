import { useState } from 'react';
import type { runbooksApi } from '../../shared/runbooks/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';

/** How the `test` block of a runbook went. */
export type TrialResult = Answer<(typeof runbooksApi)['test']>;

/** Runs the `test` block of a runbook; nothing is sent. */
export function useTrial(api: Api, id: string) {
  const task = useTask();
  const [result, setResult] = useState<TrialResult>();
  const run = () =>
    task.run(async () => {
      const path = `/api/runbooks/${encodeURIComponent(id)}/test`;
      setResult(await api.call<TrialResult>(path, { method: 'POST', body: {} }));
    });
  return { busy: task.busy, problem: task.problem, result, run };
}
