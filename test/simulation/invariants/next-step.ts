import { type Incident, needsHuman } from '../../../shared/incidents/index.ts';
import { MINUTE } from '../../../shared/kernel/index.ts';
import { Violation } from '../violation.ts';
import type { Invariant, Observed } from './invariant.ts';

/** Somebody always knows: what nobody answered goes on by itself. */
export const nextStep: Invariant = {
  name: 'I4',
  changed({ after }, _by, seen) {
    if (after?.kind !== 'incident') return;
    const incident = after as unknown as Incident & { readonly gsi2sk?: string };
    if (incident.state !== 'triggered' || incident.deletedAt !== undefined) return;
    if (incident.next === undefined) return exhausted(incident, seen);
    if (!incident.gsi2sk?.startsWith(String(incident.next.dueAt).padStart(15, '0')))
      throw new Violation('I4', 'the sweep cannot find the next step', incident);
  },
  atRest({ books, clock }) {
    for (const incident of books.incidents.values())
      if (incident.state === 'triggered' && incident.next && incident.next.dueAt < clock - MINUTE)
        throw new Violation('I4', 'nobody took a step that is due', incident);
  },
};

/** Nobody is left to be told: all levels were paged in this generation. */
function exhausted(incident: Extract<Incident, { state: 'triggered' }>, { books }: Observed): void {
  if (!needsHuman(incident.severity) || incident.urgency === 'low') return;
  const taken = [...(books.facts.get(incident.id)?.values() ?? [])].filter(
    (fact) => fact.type === 'incident.escalated' && fact.data.generation === incident.generation,
  );
  // The fact of this very change may be put after the head.
  if (incident.step === 0 && taken.length === 0)
    throw new Violation('I4', 'an open incident wakes nobody', incident);
}
