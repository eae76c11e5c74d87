import { Refusal } from '../../shared/kernel/index.ts';
import type { LoadedConfiguration } from '../aws/configuration.ts';

/** Parts that a refusal names. */
const MOST_NAMED = 5;

/** Refuses a change of what this program understands only in part: it would destroy the rest. */
export function refuseToLose({ version, leftOut }: LoadedConfiguration): void {
  if (leftOut.length === 0) return;
  const more = leftOut.length > MOST_NAMED ? `, and ${leftOut.length - MOST_NAMED} more` : '';
  throw new Refusal(
    'conflict',
    `Version ${version} has parts that this version of the program does not understand and would lose: ` +
      `${leftOut.slice(0, MOST_NAMED).join(', ')}${more}. Change it with the version of the program that stored it, ` +
      'or replace all of it by PUT /api/config?dropLeftOut=true to lose them.',
  );
}
