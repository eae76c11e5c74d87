import { type Incident, isOpen } from '../../incidents/index.ts';
import type { IncidentId } from '../../kernel/index.ts';
import type { ServiceGraph } from '../correlation/index.ts';

/** Which incidents are open, by their service: what the rows of the list of open incidents are in the table. */
export class OpenIncidents {
  readonly #byService = new Map<string, Set<IncidentId>>();

  put(incident: Incident | undefined): void {
    if (incident?.service === undefined) return;
    const of = this.#byService.get(incident.service) ?? new Set();
    this.#byService.set(incident.service, of);
    if (isOpen(incident)) of.add(incident.id);
    else of.delete(incident.id);
  }

  /** Those of the services around this one. */
  near(
    { service, origin }: Pick<Incident, 'service' | 'origin'>,
    graph: ServiceGraph,
  ): readonly IncidentId[] {
    const about = [...new Set([service, origin])].flatMap((one) => one ?? []);
    const services = new Set(about.flatMap((one) => graph.near(one)));
    return [...services].flatMap((one) => [...(this.#byService.get(one) ?? [])]);
  }
}
