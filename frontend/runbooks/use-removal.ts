import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import type { RunbookDetail } from './use-runbooks.ts';

/** Removes a runbook, or brings it back. */
export function useRemoval(api: Api, id: string, onDone: () => void) {
  const task = useTask();
  const path = `/api/runbooks/${encodeURIComponent(id)}`;
  const ask = (address: string, method: 'DELETE' | 'POST') =>
    task.run(async () => {
      await api.call<RunbookDetail>(address, { method });
      onDone();
    });
  return {
    busy: task.busy,
    problem: task.problem,
    remove: () => ask(path, 'DELETE'),
    restore: () => ask(`${path}/restore`, 'POST'),
  };
}
