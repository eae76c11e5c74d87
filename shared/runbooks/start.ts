import { HOUR, type IncidentId, type Instant, MINUTE, SECOND } from '../kernel/index.ts';
import type { PlannedStep } from './run.ts';
import type { RunStarted } from './run-facts.ts';
import { commandOf, inOrder, mayRepeat, needsApproval, type Runbook, type Step } from './runbook.ts';

/** How long a step may take in all where it says nothing: what is looked at again and again has longer. */
const TIMEOUT = { once: 7 * SECOND, looked: 5 * MINUTE } as const;

/** What of a step decides how a run goes. */
export function planned(step: Step): PlannedStep {
  const command = commandOf(step);
  const isLooked =
    command.kind === 'ssm' || (command.kind === 'kubectl' && command.verb === 'rollout status');
  return {
    id: step.id,
    title: step.title,
    kind: command.kind,
    needsApproval: needsApproval(step),
    mayRepeat: mayRepeat(step),
    retries: step.retries ?? 0,
    continueOnFailure: step.continueOnFailure ?? false,
    timeout: step.timeout === undefined ? (isLooked ? TIMEOUT.looked : TIMEOUT.once) : step.timeout * SECOND,
    approvalTimeout: step.approvalTimeout === undefined ? HOUR : step.approvalTimeout * SECOND,
    ...(command.kind === 'wait' && { wait: command.time }),
  };
}

/** What a run is started for. */
export interface Starting {
  readonly runbookVersion: number;
  readonly incident?: IncidentId;
  readonly reason?: string;
}

/** The fact that begins a run: the steps of this version, fixed. */
export function startRun(runbook: Runbook, starting: Starting, at: Instant): RunStarted {
  const { id, title, selfApproval } = runbook;
  const plan = inOrder(runbook).map(planned);
  return {
    type: 'run.started',
    occurredAt: at,
    data: { runbook: id, title, selfApproval, plan, ...starting },
  };
}
