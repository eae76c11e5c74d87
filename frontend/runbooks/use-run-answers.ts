import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import type { Run, StepAnswer } from './use-runbooks.ts';

/** Says something of the step that waits, or ends the run. */
export function useRunAnswers(api: Api, run: Run['id'], onSaid: () => void) {
  const task = useTask();
  const post = (path: string, body: object) =>
    task.run(async () => {
      try {
        await api.call<Run>(`/api/runs/${run}/${path}`, { method: 'POST', body });
      } finally {
        onSaid();
      }
    });
  return {
    busy: task.busy,
    problem: task.problem,
    answer: (step: string, answer: StepAnswer) => post(`steps/${encodeURIComponent(step)}`, { answer }),
    cancel: () => post('cancel', {}),
  };
}
