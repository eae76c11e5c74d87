import { Button } from '@mantine/core';
import type { Problem } from '../api/problem.ts';
import { Notice } from './notice.tsx';

export interface FailedLoadProps {
  readonly problem: Problem | undefined;
  onAgain(): void;
}

/** Why something could not be loaded, and a way to try again; nothing when it could. */
export function FailedLoad({ problem, onAgain }: FailedLoadProps) {
  if (problem === undefined) return null;
  return (
    <div className="failed">
      <Notice>{problem.message}</Notice>
      <Button variant="default" onClick={onAgain}>
        Try again
      </Button>
    </div>
  );
}
