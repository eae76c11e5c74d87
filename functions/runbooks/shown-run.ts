import type { Actor } from '../../shared/kernel/index.ts';
import {
  currentStep,
  foreseeStep,
  type Run,
  type RunView,
  runValues,
  type ShownStep,
  viewRun,
} from '../../shared/runbooks/index.ts';
import { clock } from '../aws/clock.ts';
import { loadRunbook } from '../aws/runbooks.ts';
import { surroundings } from './surroundings.ts';

/** A run as somebody sees it: with what the author wrote of each step, and exactly what the next one would send. */
export async function shownRun(run: Run, viewer: Actor): Promise<RunView> {
  const saved = await loadRunbook(run.org, run.runbook, run.runbookVersion);
  if (saved === undefined) return viewRun(run, viewer);
  const { runbook } = saved;
  const next = run.outcome === undefined ? currentStep(run)?.id : undefined;
  const step = runbook.steps.find(({ id }) => id === next);
  const { incident, around } = await surroundings(run.org, runbook, step && run.incident);
  const values = runValues(run, incident);
  const shown = new Map<string, ShownStep>(
    runbook.steps.map(({ id, description, command }) => [
      id,
      { ...(description !== '' && { description }), ...(command !== undefined && { command }) },
    ]),
  );
  if (step !== undefined) {
    const { sends, refused } = foreseeStep(runbook, step, { values, around, now: clock.now() });
    const more = {
      ...(sends !== undefined && { sends: [...sends] }),
      ...(refused !== undefined && { refused }),
    };
    shown.set(step.id, { ...shown.get(step.id), ...more });
  }
  return viewRun(run, viewer, shown);
}
