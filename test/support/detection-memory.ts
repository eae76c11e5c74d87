import type { SignalsMessage } from '../../shared/alerts/index.ts';
import {
  type AlertHead,
  type AlertInBatch,
  byAge,
  type Correlating,
  type Decision,
  decideMerge,
  decideSettle,
  decideSignals,
  endsBy,
  foldBatch,
  type Guard,
  guardAfter,
  type HeadChange,
  type Loaded,
  matchRule,
  needNeighbours,
  type Occurrence,
  occurrencesOf,
  type Rule,
  relationships,
  type Settle,
  type Side,
  type Slot,
  stateOf,
  unsaid,
  windowOf,
  withKnowledge,
} from '../../shared/detection/index.ts';
import {
  decideIncident,
  evolveIncident,
  type Incident,
  type IncidentCommand,
  isOpen,
  type ReasonedEntry,
} from '../../shared/incidents/index.ts';
import type { IncidentId, Instant } from '../../shared/kernel/index.ts';
import { system } from '../../shared/kernel/index.ts';
import { org } from './signals.ts';

/** The world that detection decides in, kept in maps: what the table does, without a table. One writer at a time. */
export class DetectionMemory {
  readonly heads = new Map<string, AlertHead>();
  readonly guards = new Map<string, Guard>();
  readonly slots = new Map<string, Map<number, Slot>>();
  readonly incidents = new Map<IncidentId, Incident>();
  readonly entries = new Map<IncidentId, ReasonedEntry[]>();
  /** Past occurrences of each alert by their beginning, as rows beside its head. */
  readonly past = new Map<string, Map<Instant, Occurrence>>();
  readonly rules: readonly Rule[];
  private settles: Settle[] = [];
  private number = 0;

  readonly correlating: Correlating | undefined;

  constructor(rules: readonly Rule[], correlating?: Correlating) {
    this.rules = rules;
    this.correlating = correlating;
  }

  /** Decides a batch and writes what was decided. */
  receive(messages: readonly SignalsMessage[], now: Instant): Decision {
    return this.decide(foldBatch(messages).get(org) ?? [], now);
  }

  private decide(alerts: readonly AlertInBatch[], now: Instant): Decision {
    const decision = decideSignals(alerts, this.load(alerts), now);
    for (const key of decision.keys) {
      for (const guard of [...(key.guard ? [key.guard] : []), ...key.linked])
        this.guards.set(guard.hash, { ...guard, version: guard.version + 1 });
      for (const { slot } of key.slots) this.slotsOf(key.hash).set(slot.slot, slot);
      for (const change of key.changes) this.change(change, now);
      for (const change of key.heads) this.putHead(change);
    }
    for (const change of decision.loose) this.putHead(change);
    this.settles.push(...decision.settles);
    const later = alerts.filter(({ fingerprint }) => decision.later.includes(fingerprint));
    if (later.length > 0) this.decide(later, now);
    return decision;
  }

  /** What the sweep asks for: whether what ends by itself by now has ended. */
  lapse(now: Instant): void {
    const due = [...this.heads.values()].filter((head) => (endsBy(head) ?? Number.POSITIVE_INFINITY) <= now);
    if (due.length > 0)
      this.ask(
        due.map(({ fingerprint }) => fingerprint),
        now,
      );
  }

  /** A question of the sweep, which may have waited. */
  ask(fingerprints: readonly string[], askedAt: Instant, now = askedAt): void {
    this.decide(unsaid(fingerprints, askedAt), now);
  }

  /** What happens when all has been quiet: every settle message is handled. */
  settle(now: Instant): void {
    const settles = this.settles;
    this.settles = [];
    for (const settle of settles) {
      const incident = keptOf(this.incidents, settle.incident);
      const { hash = settle.correlation } = this.incidents.get(incident)?.correlation ?? {};
      const guard = this.guards.get(hash);
      if (!guard) continue;
      const members = membersOf(this, incident).flatMap((fingerprint) => this.heads.get(fingerprint) ?? []);
      const settled = decideSettle(guard, { ...settle, incident }, members, now);
      if (!settled) continue;
      if (settled.command) this.apply(incident, [settled.command], now);
      this.guards.set(guard.hash, { ...settled.guard, version: guard.version + 1 });
    }
  }

  /** What happens some seconds after incidents opened: each looks at the others. */
  relate(now: Instant): void {
    const { correlating } = this;
    if (!correlating) return;
    for (const id of [...this.incidents.keys()]) {
      for (;;) {
        const incident = this.incidents.get(id);
        if (!incident || !isOpen(incident)) break;
        const open = [...this.incidents.values()].filter(isOpen);
        const [best] = relationships(incident, open, correlating).filter(
          ({ evidence }) => evidence.score >= correlating.settings.joinAt,
        );
        const [own, its] = [this.sideOf(id), best && this.sideOf(best.other.id)];
        if (!own || !its || !best) break;
        const [keep, gone] = byAge(own, its);
        const merge = decideMerge(keep, gone, best.evidence, now);
        for (const guard of merge.guards)
          this.guards.set(guard.hash, { ...guard, version: guard.version + 1 });
        this.apply(merge.keep, merge.keepDoes, now);
        this.apply(merge.gone, merge.goneDoes, now);
      }
    }
  }

  private sideOf(id: IncidentId): Side | undefined {
    const incident = this.incidents.get(id);
    const guard = incident?.correlation && this.guards.get(incident.correlation.hash);
    const window = guard && windowOf(guard, id);
    return incident && guard && window ? { incident, guard, window } : undefined;
  }

  /** A person's command, who has read the whole log. */
  byHand(incident: IncidentId, command: IncidentCommand, now: Instant): void {
    this.apply(incident, [command], now);
    const after = this.incidents.get(incident);
    const guard = after?.correlation && this.guards.get(after.correlation.hash);
    if (!after || !guard) return;
    const closing = guardAfter(
      withKnowledge(guard, incident, this.entries.get(incident)?.length ?? 0),
      after,
      now,
    );
    if (closing) this.guards.set(guard.hash, { ...closing, version: guard.version + 1 });
  }

  private load(alerts: readonly AlertInBatch[]): Loaded {
    const slots = new Map([...this.slots].map(([hash, known]) => [hash, [...known.values()]]));
    const loaded: Loaded = {
      ...{ org, rules: this.rules, heads: new Map(this.heads), guards: new Map(this.guards), slots },
      ...(this.correlating && { correlating: this.correlating }),
    };
    const firings = alerts.flatMap((alert) =>
      alert.firings.map((firing) => ({
        match: matchRule(this.rules, firing),
        at: firing.signal.at,
        ...(firing.signal.service !== undefined && { service: firing.signal.service }),
      })),
    );
    const open = [...this.incidents.values()].filter(isOpen);
    const neighbours = new Map(needNeighbours(loaded, firings).map(({ hash }) => [hash, open]));
    return { ...loaded, neighbours };
  }

  private putHead({ head, past }: HeadChange): void {
    const memberships = head.memberships.map((membership) => ({
      ...membership,
      seq: membership.seq ?? this.entries.get(membership.incident)?.length ?? 0,
    }));
    this.heads.set(head.fingerprint, { ...head, memberships, version: head.version + 1 });
    const rows = this.past.get(head.fingerprint) ?? new Map<Instant, Occurrence>();
    this.past.set(head.fingerprint, rows);
    for (const { from, occurrence } of past) {
      if (occurrence) rows.set(from, occurrence);
      else rows.delete(from);
    }
  }

  private slotsOf(hash: string): Map<number, Slot> {
    const known = this.slots.get(hash) ?? new Map<number, Slot>();
    this.slots.set(hash, known);
    return known;
  }

  private change(
    { incident, opening, commands, entries }: Decision['keys'][number]['changes'][number],
    now: Instant,
  ): void {
    const open = opening
      ? [{ do: 'open' as const, at: opening.at, data: { ...opening.data, number: ++this.number } }]
      : [];
    this.apply(incident, [...open, ...commands], now);
    this.entries.set(incident, [...(this.entries.get(incident) ?? []), ...entries]);
  }

  private apply(
    id: IncidentId,
    commands: readonly Parameters<typeof decideIncident>[1][],
    now: Instant,
  ): void {
    for (const command of commands) {
      for (const fact of decideIncident(this.incidents.get(id), command, now)) {
        const recorded = { org, incidentId: id, actor: system('test'), recordedAt: now };
        this.incidents.set(id, evolveIncident(this.incidents.get(id), fact, recorded));
      }
    }
  }
}

/** The incident that this one was merged into, if any. */
export function keptOf(incidents: ReadonlyMap<IncidentId, Incident>, id: IncidentId): IncidentId {
  const incident = incidents.get(id);
  const into = incident?.state === 'resolved' ? incident.mergedInto : undefined;
  return into === undefined ? id : keptOf(incidents, into);
}

/** The alerts of an incident and of those that were merged into it. */
export function membersOf(
  { incidents, entries }: Pick<DetectionMemory, 'incidents' | 'entries'>,
  id: IncidentId,
): readonly string[] {
  const logs = [...entries].filter(([each]) => keptOf(incidents, each) === id);
  return [...new Set(logs.flatMap(([, told]) => told.map(({ fingerprint }) => fingerprint)))];
}

/** What must come out the same for any order: each alert's occurrences, in the rows of its past and in its head, and its state, as text. */
export function occurrencesIn(world: Pick<DetectionMemory, 'heads' | 'past'>): readonly string[] {
  return [...world.heads.values()]
    .flatMap((head) => {
      const past = [...(world.past.get(head.fingerprint)?.values() ?? [])];
      const name = head.fingerprint.slice(0, 8);
      const spans = [...past, ...occurrencesOf(head).slice(-1)];
      return [
        ...spans.map(({ from, last, to }) => `${name} ${from} ${last} ${to ?? 'on'}`),
        `${name} is ${stateOf(head) ?? 'unknown'}`,
      ];
    })
    .sort();
}

/** What must come out the same for any order: per key and window the state, severity and members. Ids, numbers and generations may differ. */
export function outcome(world: Pick<DetectionMemory, 'guards' | 'incidents' | 'entries'>): readonly string[] {
  return [...world.guards.values()]
    .flatMap(({ hash, windows }) =>
      windows.map(({ incident, from, to, severity }) => {
        const head = world.incidents.get(incident);
        const names = membersOf(world, incident)
          .map((fingerprint) => fingerprint.slice(0, 8))
          .sort();
        const state = head?.state === 'resolved' ? 'resolved' : 'open';
        return `${hash.slice(0, 8)} ${from} ${to ?? 'open'} ${state} ${severity}=${head?.severity} ${names.join(',')}`;
      }),
    )
    .sort();
}
