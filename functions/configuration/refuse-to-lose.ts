import { Refusal } from '../../shared/kernel/index.ts';
import type { LoadedConfiguration } from '../aws/configuration.ts';

/** Parts that a refusal names. */
const MOST_NAMED = 5;

/** Refuses a change of what this program understands only in part: it would destroy the rest. */
export function refuseToLose(inForce: LoadedConfiguration): void {
  if (inForce.leftOut.length === 0) return;
  throw new Refusal(
    'conflict',
    `Version ${inForce.version} has parts that this version of the program does not understand and would lose: ` +
      `${named(inForce)}. Change it with the version of the program that stored it, ` +
      'or replace all of it by PUT /api/config?dropLeftOut=true to lose them.',
  );
}

/** What a plan says of what would be lost, where that is meant; nothing where all is understood. */
export const lostBy = (inForce: LoadedConfiguration): readonly string[] =>
  inForce.leftOut.length === 0
    ? []
    : [
        `What this version of the program does not understand of version ${inForce.version} is lost: ${named(inForce)}.`,
      ];

function named({ leftOut }: LoadedConfiguration): string {
  const more = leftOut.length > MOST_NAMED ? `, and ${leftOut.length - MOST_NAMED} more` : '';
  return `${leftOut.slice(0, MOST_NAMED).join(', ')}${more}`;
}
