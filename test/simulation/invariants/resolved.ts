import type { Incident } from '../../../shared/incidents/index.ts';
import { Violation } from '../violation.ts';
import type { Invariant } from './invariant.ts';

/** What is over pages nobody. */
export const resolved: Invariant = {
  name: 'I5',
  changed({ after }) {
    if (after?.kind !== 'incident') return;
    const incident = after as unknown as Incident & { readonly gsi2pk?: string };
    if (incident.state === 'triggered') return;
    if ('next' in incident || incident.gsi2pk !== undefined)
      throw new Violation('I5', `an incident is ${incident.state} and has a next step`, incident);
  },
  mailed(mail, by, { books }) {
    const incident = books.incidents.get(mail.incident);
    const isOver = incident?.state !== 'triggered' || incident.generation !== mail.generation;
    const since = books.movedAt.get(mail.incident) ?? 0;
    if (isOver && since < by.began)
      throw new Violation('I5', 'somebody was paged for what was over before the worker looked', {
        mail,
        incident,
      });
  },
};
