import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { actorText } from '../../shared/incidents/words.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { runAddress, runbookAddress } from '../app/addresses.ts';
import { Moment } from '../time/moment.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { DryRunView } from './dry-run.tsx';
import { HowItWent } from './how-it-went.tsx';
import { type Proposal, type RunSummary, useProposals } from './use-runbooks.ts';
import { useStart } from './use-start.ts';
import { runWords } from './words.ts';

export interface IncidentRunbooksProps {
  readonly api: Api;
  readonly incident: IncidentId;
  readonly runs: readonly RunSummary[];
  readonly mayStart: boolean;
  readonly now: number;
}

/** The runbooks that fit an incident, with the reasons, and their runs. */
export function IncidentRunbooks({ api, incident, runs, mayStart, now }: IncidentRunbooksProps) {
  const { value, problem } = useProposals(api, incident);
  const { busy, problem: refused, dry, start, tryDry, putAway } = useStart(api, incident);
  const said = refused ?? problem;
  return (
    <div className="stack runbooks">
      {said !== undefined && <Notice>{said.message}</Notice>}
      {dry !== undefined && <DryRunView dry={dry} onPutAway={putAway} />}
      {value === undefined && problem === undefined && <Waiting what="runbooks" />}
      {value?.length === 0 && (
        <p className="soft">
          No runbook fits this incident. <Link to="/runbooks">All runbooks</Link>
        </p>
      )}
      {value !== undefined && value.length > 0 && (
        <ul className="card lines">
          {value.map((proposal) => (
            <Proposed
              key={proposal.id}
              {...{ proposal, mayStart, busy, now }}
              onStart={start}
              onDry={tryDry}
            />
          ))}
        </ul>
      )}
      {runs.length > 0 && <RunList runs={runs} now={now} />}
    </div>
  );
}

interface ProposedProps {
  readonly proposal: Proposal;
  readonly mayStart: boolean;
  readonly busy: boolean;
  readonly now: number;
  onStart(id: string): void;
  onDry(id: string): void;
}

function Proposed({ proposal, mayStart, busy, now, onStart, onDry }: ProposedProps) {
  const { id, title, reasons } = proposal;
  return (
    <li>
      <div className="grow">
        <Link to={runbookAddress(id)}>{title}</Link>
        <ul className="soft">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
        <HowItWent row={proposal} now={now} />
      </div>
      {mayStart && (
        <div className="actions">
          <Button aria-disabled={busy} aria-label={`Start ${title}`} onClick={() => !busy && onStart(id)}>
            Start
          </Button>
          <Button
            variant="default"
            aria-disabled={busy}
            aria-label={`Dry run of ${title}`}
            onClick={() => !busy && onDry(id)}
          >
            Dry run
          </Button>
        </div>
      )}
    </li>
  );
}

function RunList({ runs, now }: Pick<IncidentRunbooksProps, 'runs' | 'now'>) {
  return (
    <div className="card">
      <h2>Runs</h2>
      <ul className="plain">
        {runs.map((run) => (
          <li key={run.id} className="step-head">
            <span className={`step-state is-${run.state}`}>{runWords[run.state]}</span>
            <Link to={runAddress(run.id)}>{run.title}</Link>
            <span className="soft">
              by {actorText(run.startedBy)} <Moment at={run.startedAt} now={now} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
