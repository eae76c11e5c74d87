import type { IncidentId } from '../../kernel/index.ts';

/** The alerts that ever joined an incident, in that order, and where the last look for one of them ended. */
interface Members {
  readonly alerts: string[];
  readonly known: Set<string>;
  looked: number;
}

/** Which alerts are in which incident, also when that was merged into another: then they are in that one. */
export class Membership {
  readonly #into = new Map<IncidentId, IncidentId>();
  readonly #members = new Map<IncidentId, Members>();
  readonly #incidents = new Map<string, Set<IncidentId>>();

  join(incident: IncidentId, fingerprint: string): void {
    const kept = this.keptOf(incident);
    const { alerts, known } = this.#of(kept);
    if (known.has(fingerprint)) return;
    known.add(fingerprint);
    alerts.push(fingerprint);
    this.#incidents.set(fingerprint, (this.#incidents.get(fingerprint) ?? new Set()).add(kept));
  }

  /** The incidents that an alert ever joined, or that those were merged into. */
  incidentsOf(fingerprint: string): readonly IncidentId[] {
    return [...(this.#incidents.get(fingerprint) ?? [])].map((incident) => this.keptOf(incident));
  }

  merge(from: IncidentId, into: IncidentId): void {
    const gone = this.#of(this.keptOf(from));
    this.#into.set(from, into);
    for (const fingerprint of gone.alerts) this.join(into, fingerprint);
  }

  /** The incident that this one was merged into, if any; else itself. */
  keptOf(incident: IncidentId): IncidentId {
    let kept = incident;
    for (let into = this.#into.get(kept); into !== undefined; into = this.#into.get(kept)) kept = into;
    return kept;
  }

  of(incident: IncidentId): readonly string[] {
    return this.#members.get(this.keptOf(incident))?.alerts ?? [];
  }

  /** The first alert of which this holds, from where the last look ended: each is looked at once while it does not. */
  find(incident: IncidentId, holds: (fingerprint: string) => boolean): string | undefined {
    const members = this.#of(this.keptOf(incident));
    for (let tried = 0; tried < members.alerts.length; tried++) {
      const fingerprint = members.alerts[members.looked % members.alerts.length];
      if (fingerprint !== undefined && holds(fingerprint)) return fingerprint;
      members.looked++;
    }
    return undefined;
  }

  #of(incident: IncidentId): Members {
    const members = this.#members.get(incident) ?? { alerts: [], known: new Set<string>(), looked: 0 };
    this.#members.set(incident, members);
    return members;
  }
}
