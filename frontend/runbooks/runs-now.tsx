import { Link } from 'wouter';
import type { Api } from '../api/use-api.ts';
import { runAddress } from '../app/addresses.ts';
import { RunSteps } from './run-steps.tsx';
import { useRunAnswers } from './use-run-answers.ts';
import { type RunSummary, useRun } from './use-runbooks.ts';
import { runWords } from './words.ts';

export interface RunsNowProps {
  readonly api: Api;
  readonly runs: readonly RunSummary[];
  readonly mayAnswer: boolean;
  readonly now: number;
  onSaid(): void;
}

/** The runs that go on for an incident, each with the step it is at and the buttons of that. */
export function RunsNow({ runs, ...rest }: RunsNowProps) {
  const going = runs.filter(({ state }) => state === 'running' || state === 'waiting');
  return going.map((run) => <RunNow key={run.id} summary={run} {...rest} />);
}

interface RunNowProps extends Omit<RunsNowProps, 'runs'> {
  readonly summary: RunSummary;
}

function RunNow({ api, summary, mayAnswer, now, onSaid }: RunNowProps) {
  const { value: run, refresh } = useRun(api, summary.id);
  const { busy, problem, answer } = useRunAnswers(api, summary.id, () => {
    refresh();
    onSaid();
  });
  const { id, title, state } = run ?? summary;
  return (
    <section className="run-now" aria-label={`Runbook ${title}`}>
      <p className="step-head">
        <span className={`step-state is-${state}`}>{runWords[state]}</span>
        <Link to={runAddress(id)}>{title}</Link>
      </p>
      {run !== undefined && (
        <RunSteps {...{ run, now, mayAnswer, busy, problem }} onlyCurrent onAnswer={answer} />
      )}
    </section>
  );
}
