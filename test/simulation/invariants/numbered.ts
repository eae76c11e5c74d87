import { Violation } from '../violation.ts';
import type { Invariant } from './invariant.ts';

/** A log of an incident is a list: what is written under a number stays. */
export const numbered: Invariant = {
  name: 'I7',
  says: 'the log of an incident is numbered without gaps and nothing in it changes',
  changed({ before, after }) {
    const row = (after ?? before) as Readonly<Record<string, unknown>> | undefined;
    if (row?.kind === 'fact' && before !== undefined)
      throw new Violation('I7', 'a fact was changed', { before, after });
  },
};
