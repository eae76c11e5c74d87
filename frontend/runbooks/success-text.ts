import { ENOUGH_RUNS } from '../../shared/runbooks/success.ts';
import type { RunbookRow } from './use-runbooks.ts';
import { percent } from './words.ts';

/** How often the runs of a runbook succeeded, in words; a share only where there are enough of them to mean something. */
export function successText({ runs, succeeded, failed, successRate }: NonNullable<RunbookRow['measured']>) {
  const ended = succeeded + failed;
  if (runs === 0) return 'no run has ended yet';
  if (successRate === undefined) return 'no run came to its end yet';
  if (ended < ENOUGH_RUNS)
    return `${succeeded} of ${ended} ${ended === 1 ? 'run' : 'runs'} succeeded, too few to tell`;
  return `${percent(successRate)} of ${ended} runs succeeded`;
}
