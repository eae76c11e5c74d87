import type { EffectResult } from '../../shared/runbooks/index.ts';
import { automationOf, startAutomation } from '../aws/automations.ts';
import { awsFault } from '../aws/fault-of-aws.ts';
import type { Performing } from './perform.ts';

const goingOn = new Set([
  ...['Pending', 'InProgress', 'Waiting', 'Cancelling', 'PendingApproval', 'Approved', 'Scheduled'],
  ...['RunbookInProgress', 'PendingChangeCalendarOverride'],
]);
const good = new Set(['Success', 'CompletedWithSuccess', 'ChangeCalendarOverrideApproved']);

/** Starts the automation of an `ssm:` step, or looks how the one stands that was started. */
export async function performAutomation(
  sent: { readonly document: string; readonly parameters: Readonly<Record<string, readonly string[]>> },
  { token, planned: { mayRepeat } }: Pick<Performing, 'token' | 'planned'>,
): Promise<EffectResult> {
  try {
    if (token !== undefined) return await lookedAt(token);
    const id = await startAutomation(sent.document, sent.parameters);
    return { is: 'pending', output: `Started ${id}`, token: id };
  } catch (error) {
    const { message, isClear } = awsFault(error);
    // A look that fails says nothing about the automation, which goes on.
    return { is: token === undefined && (isClear || mayRepeat) ? 'failed' : 'unknown', reason: message };
  }
}

async function lookedAt(id: string): Promise<EffectResult> {
  const { status, failure, outputs } = await automationOf(id);
  const output = `${status} ${Object.keys(outputs).length === 0 ? '' : JSON.stringify(outputs)}`.trim();
  if (goingOn.has(status)) return { is: 'pending', output, token: id };
  if (good.has(status)) return { is: 'succeeded', output };
  return {
    is: 'failed',
    reason: `The automation ended as ${status}${failure ? `: ${failure}` : ''}`,
    output,
  };
}
