import { type Incident, isOpen } from '../../incidents/index.ts';
import type { IncidentId } from '../../kernel/index.ts';

/** The newest open incidents of one service that are looked at, as many as the product looks at. */
const NEWEST = 20;

/** The open incidents by the service that they are about. */
export class OpenIncidents {
  readonly #byService = new Map<string, Map<IncidentId, Incident>>();

  note(incident: Incident): void {
    const { id, service } = incident;
    if (service === undefined) return;
    const known = this.#byService.get(service) ?? new Map<IncidentId, Incident>();
    this.#byService.set(service, known);
    if (isOpen(incident) && incident.deletedAt === undefined) known.set(id, incident);
    else known.delete(id);
  }

  /** Those of these services, the newest of each. */
  on(services: readonly string[]): readonly Incident[] {
    return [...new Set(services)].flatMap((service) => {
      const known = [...(this.#byService.get(service)?.values() ?? [])];
      return known.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, NEWEST);
    });
  }
}
