import type { Problem } from '../api/problem.ts';
import { Notice } from '../ui/notice.tsx';

/** Why a change did not work, and that nothing of it is lost. */
export function Failed({ problem }: { readonly problem: Problem | undefined }) {
  if (problem === undefined) return null;
  return (
    <Notice>
      {isConflict(problem) &&
        'Somebody else changed the page meanwhile. Look at what it says now, then send yours again. '}
      {problem.message} What you wrote is kept.
    </Notice>
  );
}

/** Whether somebody else was faster. */
export const isConflict = ({ status }: Problem): boolean => status === 409 || status === 412;
