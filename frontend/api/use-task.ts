import { useState } from 'react';
import { type Problem, problemBehind } from './problem.ts';

/** One thing at a time that is asked of the API, whether it is under way, and why the last did not work. */
export function useTask() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    work()
      .catch((thrown: unknown) => setProblem(problemBehind(thrown)))
      .finally(() => setBusy(false));
  };
  return { busy, problem, run };
}
