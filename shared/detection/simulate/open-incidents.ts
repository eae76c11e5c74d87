import { type Incident, isOpen } from '../../incidents/index.ts';
import type { IncidentId } from '../../kernel/index.ts';
import { NEWEST_BESIDE } from '../correlation/beside.ts';
import type { ServiceGraph } from '../correlation/index.ts';

/** Which incidents are open, by their service: what the rows of the list of open incidents are in the table. */
export class OpenIncidents {
  /** Of each service by id, so by when they opened. */
  readonly #byService = new Map<string, IncidentId[]>();

  put(incident: Incident | undefined): void {
    if (incident?.service === undefined) return;
    const of = this.#byService.get(incident.service) ?? [];
    this.#byService.set(incident.service, of);
    const place = placeIn(of, incident.id);
    const isThere = of[place] === incident.id;
    if (isOpen(incident) && !isThere) of.splice(place, 0, incident.id);
    if (!isOpen(incident) && isThere) of.splice(place, 1);
  }

  /** The newest of the services around this one, as many of each as the worker reads. */
  near(
    { service, origin }: Pick<Incident, 'service' | 'origin'>,
    graph: ServiceGraph,
  ): readonly IncidentId[] {
    const about = [...new Set([service, origin])].flatMap((one) => one ?? []);
    const services = new Set(about.flatMap((one) => graph.near(one)));
    return [...services].flatMap((one) =>
      (this.#byService.get(one) ?? []).slice(-NEWEST_BESIDE).toReversed(),
    );
  }
}

/** Where an id stands or would stand; mostly at the end, since what opens is the newest. */
function placeIn(ids: readonly IncidentId[], id: IncidentId): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
