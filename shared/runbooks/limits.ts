import { Refusal } from '../kernel/index.ts';
import type { Runbook } from './runbook.ts';

/** The most bytes of a runbook as JSON: an item of the table takes 400 KB, with what saving adds. */
export const MOST_BYTES = 300 * 1024;

/** The most runbooks of an organisation, removed ones included: all of them are read to list and to propose. */
export const MOST_RUNBOOKS = 500;

/** Refuses a runbook that is too large to be kept; letters beyond ASCII take up to four bytes. */
export function refuseTooLarge(runbook: Runbook): void {
  const bytes = new TextEncoder().encode(JSON.stringify(runbook)).length;
  if (bytes > MOST_BYTES)
    throw new Refusal(
      'too_large',
      `The runbook has ${bytes} bytes; at most ${MOST_BYTES} are kept. Shorten its descriptions, or make two of it.`,
      'body',
    );
}

/** Refuses one more runbook than an organisation may have. */
export function refuseTooMany(others: number): void {
  if (others >= MOST_RUNBOOKS)
    throw new Refusal(
      'conflict',
      `There are ${others} runbooks, and at most ${MOST_RUNBOOKS} are kept, removed ones included. Change one that is there.`,
    );
}
