import { knownSeverity, type Severity } from '../alerts/index.ts';
import { type Incident, isOpen } from './incident.ts';
import { compareNewest, isListed } from './listing.ts';
import { compareUrgency } from './urgency.ts';

/** What incidents tell of a service. */
export interface ServiceSummary {
  readonly name: string;
  /** How many of its incidents are open, and how many of those nobody answered. */
  readonly open: number;
  readonly triggered: number;
  /** The worst severity of what is open. */
  readonly worst?: Severity;
  /** The incident that was opened last. */
  readonly last: Incident;
}

/** Incidents folded by their service, the most urgent first, then the latest; and how many open ones name no service. */
export function byService(incidents: readonly Incident[]): {
  readonly services: readonly ServiceSummary[];
  readonly unnamed: number;
} {
  const shown = incidents.filter((incident) => isListed(incident, {}));
  const { '': nameless = [], ...named } = Object.groupBy(shown, ({ service = '' }) => service);
  const summed = Object.entries(named).flatMap(([name, of = []]) => summary(name, of));
  return {
    services: summed.toSorted(compare).map(({ service }) => service),
    unnamed: nameless.filter(isOpen).length,
  };
}

interface Summed {
  readonly service: ServiceSummary;
  readonly urgent: Incident | undefined;
}

function summary(name: string, incidents: readonly Incident[]): readonly Summed[] {
  const [last] = incidents.toSorted(compareNewest);
  if (last === undefined) return [];
  const open = incidents.filter(isOpen);
  const [urgent] = open.toSorted(compareUrgency);
  const [worst] = open.map(({ severity }) => knownSeverity(severity)).sort();
  const triggered = open.filter(({ state }) => state === 'triggered').length;
  return [{ urgent, service: { name, open: open.length, triggered, ...(worst && { worst }), last } }];
}

function compare(a: Summed, b: Summed): number {
  if (a.urgent && b.urgent) return compareUrgency(a.urgent, b.urgent);
  if (a.urgent || b.urgent) return a.urgent ? -1 : 1;
  return compareNewest(a.service.last, b.service.last);
}
