import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { actorText } from '../../shared/incidents/words.ts';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { runAddress, runbookEditAddress } from '../app/addresses.ts';
import { Moment } from '../time/moment.tsx';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { Notice } from '../ui/notice.tsx';
import { Question } from '../ui/question.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { DryRunView } from './dry-run.tsx';
import { Removed } from './removed.tsx';
import { RunbookSummary } from './runbook-summary.tsx';
import { TestResults } from './test-results.tsx';
import { useRemoval } from './use-removal.ts';
import { type RunbookDetail, type RunSummary, useRunbook, type Versions } from './use-runbooks.ts';
import { useStart } from './use-start.ts';
import { useTrial } from './use-trial.ts';
import { runWords } from './words.ts';

export interface RunbookPageProps {
  readonly api: Api;
  readonly role: Role;
  readonly id: string;
}

/** One runbook: what it does and when, what can be done with it, its runs and versions. */
export function RunbookPage({ api, role, id }: RunbookPageProps) {
  const { value, at, problem, refresh } = useRunbook(api, id);
  const now = useNow();
  useTitle(value?.runbook.title ?? 'Runbook');
  return (
    <div className="stack">
      <p className="back">
        <Link to="/runbooks">All runbooks</Link>
      </p>
      {value === undefined && problem === undefined && <Waiting what="the runbook" />}
      {value === undefined && problem !== undefined && <h1>The runbook cannot be shown</h1>}
      {value !== undefined && (
        <>
          <h1>{value.runbook.title}</h1>
          <Standing {...{ api, role, id, value, now }} onChanged={refresh} />
          <RunbookSummary runbook={value.runbook} />
          <Runs runs={value.runs} now={now} />
          <SavedVersions versions={value.versions} now={now} />
        </>
      )}
      <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
    </div>
  );
}

interface StandingProps extends RunbookPageProps {
  readonly value: { readonly runbook: RunbookDetail; readonly runs: readonly RunSummary[] };
  readonly now: number;
  onChanged(): void;
}

/** What can be done with a runbook, or that it was removed. */
function Standing({ value: { runbook, runs }, now, onChanged, ...page }: StandingProps) {
  const { removed, test } = runbook;
  if (removed === undefined) return <Doings {...page} hasTests={test.length > 0} onChanged={onChanged} />;
  const going = runs.filter(({ finishedAt }) => finishedAt === undefined).length;
  const mayWrite = may(page.role, 'runbook.write');
  return <Removed {...page} {...{ removed, going, mayWrite, now }} onBack={onChanged} />;
}

interface DoingsProps extends RunbookPageProps {
  readonly hasTests: boolean;
  onChanged(): void;
}

function Doings({ api, role, id, hasTests, onChanged }: DoingsProps) {
  const { busy, problem, dry, start, tryDry, putAway } = useStart(api);
  const trial = useTrial(api, id);
  const mayStart = may(role, 'runbook.execute');
  const said = problem ?? trial.problem;
  return (
    <>
      <div className="actions">
        {mayStart && (
          <>
            <Button aria-disabled={busy} onClick={() => start(id)}>
              Start without an incident
            </Button>
            <Button variant="default" aria-disabled={busy} onClick={() => tryDry(id)}>
              Dry run
            </Button>
          </>
        )}
        {mayStart && hasTests && (
          <Button variant="default" aria-disabled={trial.busy} onClick={trial.run}>
            Run its tests
          </Button>
        )}
        {may(role, 'runbook.write') && (
          <>
            <Button variant="default" component={Link} to={runbookEditAddress(id)}>
              Edit
            </Button>
            <RemoveButton {...{ api, id }} onRemoved={onChanged} />
          </>
        )}
      </div>
      {said !== undefined && <Notice>{said.message}</Notice>}
      {trial.result !== undefined && <TestResults result={trial.result} />}
      {dry !== undefined && <DryRunView dry={dry} onPutAway={putAway} />}
    </>
  );
}

interface RemoveButtonProps extends Pick<RunbookPageProps, 'api' | 'id'> {
  onRemoved(): void;
}

function RemoveButton({ api, id, onRemoved }: RemoveButtonProps) {
  const [asks, setAsks] = useState(false);
  const { busy, problem, remove } = useRemoval(api, id, onRemoved);
  return (
    <>
      <Button variant="default" onClick={() => setAsks(true)}>
        Remove
      </Button>
      {asks && (
        <Question
          verb="Remove"
          name="this runbook"
          consequence="It is neither proposed nor started any more. Its runs and versions stay, a run that is under way goes on to its end, and it can be brought back."
          {...{ busy, problem }}
          onYes={remove}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}

function Runs({ runs, now }: { readonly runs: readonly RunSummary[]; readonly now: number }) {
  return (
    <section className="card" aria-labelledby="runs">
      <h2 id="runs">Runs</h2>
      {runs.length === 0 && <p className="soft">It has not been run yet.</p>}
      <ul className="plain">
        {runs.slice(0, 10).map((run) => (
          <li key={run.id} className="step-head">
            <span className={`step-state is-${run.state}`}>{runWords[run.state]}</span>
            <Link to={runAddress(run.id)}>
              <Moment at={run.startedAt} now={now} />
            </Link>
            <span className="soft">by {actorText(run.startedBy)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SavedVersions({ versions, now }: { readonly versions: Versions; readonly now: number }) {
  return (
    <section className="card" aria-labelledby="versions">
      <h2 id="versions">Versions</h2>
      <ul className="plain">
        {versions.slice(0, 20).map(({ revision, version, savedAt, savedBy, removed }) => (
          <li key={revision}>
            Revision {revision}, {removed ? 'removed' : `called ${version},`} by {actorText(savedBy)}{' '}
            <Moment at={savedAt} now={now} />
          </li>
        ))}
      </ul>
    </section>
  );
}
