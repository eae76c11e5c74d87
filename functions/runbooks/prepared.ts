import {
  commandOf,
  isEffect,
  isRefused,
  type Outgoing,
  outgoing,
  type Parsed,
  type Run,
  runValues,
  type Step,
} from '../../shared/runbooks/index.ts';
import { knownRunbook } from '../aws/runbooks.ts';
import { surroundings } from './surroundings.ts';

/** A step of a run with what it would send now. */
export interface Prepared {
  readonly step: Step;
  readonly sent: Outgoing;
}

/** What a step of a run would send now, or why it may not. */
export async function prepared(run: Run, id: string): Promise<Parsed<Prepared>> {
  const { runbook } = await knownRunbook(run.org, run.runbook, run.runbookVersion);
  const step = runbook.steps.find((one) => one.id === id);
  const command = step === undefined ? undefined : commandOf(step);
  if (step === undefined || command === undefined || !isEffect(command))
    return { refused: 'This version of the program does not understand the command' };
  const { incident, around } = await surroundings(run.org, runbook, run.incident);
  const sent = outgoing(command, runValues(run, incident), around, step.cluster ?? runbook.cluster);
  return isRefused(sent) ? sent : { value: { step, sent: sent.value } };
}
