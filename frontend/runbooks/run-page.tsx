import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { actorText } from '../../shared/incidents/words.ts';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { incidentAddress, runbookAddress } from '../app/addresses.ts';
import { Moment } from '../time/moment.tsx';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { Question } from '../ui/question.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { RunSteps } from './run-steps.tsx';
import { useRunAnswers } from './use-run-answers.ts';
import { type Run, useRun } from './use-runbooks.ts';
import { runWords } from './words.ts';

export interface RunPageProps {
  readonly api: Api;
  readonly role: Role;
  readonly id: string;
}

/** One run of a runbook: what is next, in large letters, and what came before. */
export function RunPage({ api, role, id }: RunPageProps) {
  const { value: run, at, problem, refresh } = useRun(api, id);
  const now = useNow();
  useTitle(run === undefined ? 'Run' : `${runWords[run.state]}: ${run.title}`);
  return (
    <div className="stack run">
      {run === undefined && problem === undefined && <Waiting what="the run" />}
      {run === undefined && problem !== undefined && <h1>The run cannot be shown</h1>}
      {run !== undefined && <Shown {...{ api, role, run, now }} onSaid={refresh} />}
      <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
    </div>
  );
}

interface ShownProps extends Pick<RunPageProps, 'api' | 'role'> {
  readonly run: Run;
  readonly now: number;
  onSaid(): void;
}

function Shown({ api, role, run, now, onSaid }: ShownProps) {
  const { busy, problem, answer, cancel } = useRunAnswers(api, run.id, onSaid);
  const [ending, setEnding] = useState(false);
  const mayAnswer = may(role, 'runbook.execute');
  const isOver = run.finishedAt !== undefined;
  return (
    <>
      <Head run={run} now={now} />
      <RunSteps {...{ run, now, mayAnswer, busy, problem }} onAnswer={answer} />
      {mayAnswer && !isOver && (
        <div className="actions">
          <Button variant="default" onClick={() => setEnding(true)}>
            End the run
          </Button>
        </div>
      )}
      {ending && !isOver && (
        <Question
          verb="End"
          name="this run"
          consequence="No further step is carried out. What is being carried out is not called back."
          {...{ busy, problem }}
          onYes={cancel}
          onClose={() => setEnding(false)}
        />
      )}
    </>
  );
}

function Head({ run, now }: Pick<ShownProps, 'run' | 'now'>) {
  return (
    <>
      <p className="back">
        {run.incident === undefined ? (
          <Link to="/runbooks">All runbooks</Link>
        ) : (
          <Link to={incidentAddress(run.incident)}>The incident</Link>
        )}
      </p>
      <h1>{run.title}</h1>
      <p className="step-head" role="status">
        <span className={`step-state is-${run.state}`}>{runWords[run.state]}</span>
        <span className="soft">
          Started by {actorText(run.startedBy)} <Moment at={run.startedAt} now={now} />, revision{' '}
          {run.revision} of <Link to={runbookAddress(run.runbook)}>the runbook</Link>
        </span>
      </p>
      {run.reason !== undefined && <p className="said">{run.reason}</p>}
    </>
  );
}
