import { Button } from '@mantine/core';
import { lasting } from '../../shared/kernel/time.ts';
import type { Problem } from '../api/problem.ts';
import { Notice } from './notice.tsx';

export interface FreshnessProps {
  /** When the last answer came; absent before the first. */
  readonly at?: number | undefined;
  readonly now: number;
  readonly problem?: Problem | undefined;
  /** Asks again at once. */
  onAgain?(): void;
}

/** How old what is shown is, why it is not newer, and a way to ask again. */
export function Freshness({ at, now, problem, onAgain }: FreshnessProps) {
  return (
    <div className="freshness">
      {problem !== undefined && (
        <Notice>
          {at === undefined ? problem.message : `Not up to date: ${problem.message}`}
          {mayPass(problem) && ' This page keeps trying.'}
        </Notice>
      )}
      {problem !== undefined && mayPass(problem) && onAgain !== undefined && (
        <Button variant="default" onClick={onAgain}>
          Try now
        </Button>
      )}
      {at !== undefined && <p className="soft">Updated {lasting(now - at)} ago</p>}
    </div>
  );
}

/** Whether asking again may help: no answer, a fault of the system, or too many questions; not a refusal. */
function mayPass({ status }: Problem): boolean {
  return status === undefined || status === 429 || status >= 500;
}
