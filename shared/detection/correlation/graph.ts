import type { Service } from '../../incidents/index.ts';

/** How far a failure is followed from service to service. */
export const MOST_HOPS = 3;

/** The most services around one that are looked at for open incidents. */
const MOST_NEAR = 24;

/** How two services stand to each other: `upstream` says that the second is what the first cannot work without. */
export interface Relation {
  readonly kind: 'upstream' | 'downstream' | 'siblings';
  /** Along `dependsOn`, from 1; of siblings, the longer of the two ways to what both need. */
  readonly hops: number;
  /** What both need, of siblings. */
  readonly shared?: string;
}

/** The service catalogue as a graph, made once for each version of the configuration. */
export class ServiceGraph {
  readonly #needs: ReadonlyMap<string, readonly string[]>;
  readonly #neededBy: ReadonlyMap<string, readonly string[]>;
  readonly #owners: ReadonlyMap<string, string>;
  readonly #reached = new Map<string, ReadonlyMap<string, number>>();

  constructor(services: readonly Service[]) {
    this.#needs = new Map(services.map(({ id, dependsOn }) => [id, dependsOn]));
    const pairs = services.flatMap(({ id, dependsOn }) => dependsOn.map((needed) => [needed, id] as const));
    const neededBy = Map.groupBy(pairs, ([needed]) => needed);
    this.#neededBy = new Map([...neededBy].map(([needed, all]) => [needed, all.map(([, id]) => id)]));
    this.#owners = new Map(services.flatMap(({ id, owner }) => (owner === undefined ? [] : [[id, owner]])));
  }

  /** The escalation policy of whoever owns the service. */
  ownerOf(service: string | undefined): string | undefined {
    return service === undefined ? undefined : this.#owners.get(service);
  }

  /** How the second service stands to the first; undefined when a failure of one says nothing of the other. */
  relation(from: string, to: string): Relation | undefined {
    const up = this.needsOf(from).get(to);
    const down = this.needsOf(to).get(from);
    // In a circle the shorter way counts.
    if (up !== undefined && up <= (down ?? up)) return { kind: 'upstream', hops: up };
    if (down !== undefined) return { kind: 'downstream', hops: down };
    return from === to ? undefined : this.siblings(from, to);
  }

  /** The services whose incidents may have to do with one of this service: itself first, then the nearest. */
  near(service: string): readonly string[] {
    const needs = [...this.needsOf(service).keys()];
    const neededBy = [...reach(service, this.#neededBy).keys()];
    const siblings = (this.#needs.get(service) ?? []).flatMap((one) => this.#neededBy.get(one) ?? []);
    return [...new Set([service, ...needs, ...neededBy, ...siblings])].slice(0, MOST_NEAR);
  }

  /** Whether there are services whose incidents may have to do with one of this service. */
  hasNeighbours(service: string): boolean {
    return (this.#needs.get(service)?.length ?? 0) > 0 || this.#neededBy.has(service);
  }

  private siblings(a: string, b: string): Relation | undefined {
    const [ofA, ofB] = [this.needsOf(a), this.needsOf(b)];
    let best: Relation | undefined;
    for (const [shared, hops] of ofA) {
      const longer = Math.max(hops, ofB.get(shared) ?? Number.POSITIVE_INFINITY);
      if (longer < (best?.hops ?? MOST_HOPS + 1)) best = { kind: 'siblings', hops: longer, shared };
    }
    return best;
  }

  private needsOf(service: string): ReadonlyMap<string, number> {
    const known = this.#reached.get(service) ?? reach(service, this.#needs);
    this.#reached.set(service, known);
    return known;
  }
}

/** The services that are reached from one, the nearest first, and in how many hops. */
function reach(from: string, edges: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const hops = new Map<string, number>();
  let level: readonly string[] = [from];
  for (let hop = 1; hop <= MOST_HOPS; hop++) {
    level = level.flatMap((one) => edges.get(one) ?? []).filter((one) => one !== from && !hops.has(one));
    for (const one of level) hops.set(one, hop);
  }
  return hops;
}
