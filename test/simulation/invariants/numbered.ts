import type { LoggedFact } from '../../../shared/incidents/index.ts';
import { Violation } from '../violation.ts';
import type { Invariant } from './invariant.ts';

/** A log of an incident is a list: what is written under a number stays. */
export const numbered: Invariant = {
  name: 'I7',
  changed({ before, after }, _by, { books }) {
    const row = (after ?? before) as Readonly<Record<string, unknown>> | undefined;
    if (row?.kind === 'fact' && before !== undefined)
      throw new Violation('I7', 'a fact was changed', { before, after });
    const fact = row as unknown as LoggedFact;
    if (row?.kind !== 'fact' || fact.type !== 'incident.noted') return;
    const isThere = books
      .factsOf(fact.incidentId)
      .some(
        (one) => one.type === 'incident.noted' && one.seq !== fact.seq && one.data.text === fact.data.text,
      );
    if (isThere) throw new Violation('I7', 'a message of a client is in the log twice', fact);
  },
};
