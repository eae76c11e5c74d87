import type { Api } from '../api/use-api.ts';
import { Notice } from '../ui/notice.tsx';
import type { Scope } from './checked.ts';
import { TrialForm } from './trial-form.tsx';
import { TrialView } from './trial-view.tsx';
import type { Names } from './trial-words.ts';
import { useTrial } from './use-trial.ts';

export interface TryingProps {
  readonly api: Api;
  readonly scope: Scope;
  readonly text: string;
  /** What the text says; absent while something is wrong with it. */
  readonly value: unknown;
  /** What policies are called. */
  readonly names: Names;
  readonly now: number;
  /** A text was tried. */
  onTried(text: string): void;
}

/** What a draft would have made of what was received. */
export function Trying({ api, scope, text, value, names, now, onTried }: TryingProps) {
  const { tried, busy, problem, simulate } = useTrial(api, scope, onTried);
  return (
    <section className="card" aria-labelledby="try">
      <h2 id="try">What would it have done?</h2>
      <TrialForm
        busy={busy}
        hindered={value === undefined ? 'It is tried as soon as nothing is wrong with it.' : undefined}
        onTry={(played) => simulate(text, value, played)}
      />
      {problem !== undefined && <Notice>{problem.message} What you wrote is kept.</Notice>}
      {tried !== undefined && (
        <>
          {tried.text !== text && (
            <p className="went-on">The text was changed since; this is about what it said before.</p>
          )}
          <TrialView trial={tried.trial} {...{ names, now }} />
        </>
      )}
    </section>
  );
}
