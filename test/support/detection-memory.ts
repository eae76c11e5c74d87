import type { HeldAlert, Quiet, SignalsMessage } from '../../shared/alerts/index.ts';
import {
  type AlertHead,
  type AlertInBatch,
  type Decision,
  decideSettle,
  decideSignals,
  endsBy,
  foldBatch,
  type Guard,
  guardAfter,
  type HeadChange,
  type Loaded,
  type Occurrence,
  occurrencesOf,
  type Rule,
  type Settle,
  type Slot,
  stateOf,
  unsaid,
  withKnowledge,
} from '../../shared/detection/index.ts';
import {
  decideIncident,
  evolveIncident,
  type Incident,
  type IncidentCommand,
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
  /** What keeps alerts quiet. */
  quiets: readonly Quiet[];
  /** What was held back, by what and of which alert. */
  readonly held = new Map<string, HeldAlert>();
  private settles: Settle[] = [];
  private number = 0;

  constructor(rules: readonly Rule[], quiets: readonly Quiet[] = []) {
    this.rules = rules;
    this.quiets = quiets;
  }

  /** Decides a batch and writes what was decided. */
  receive(messages: readonly SignalsMessage[], now: Instant): Decision {
    return this.decide(foldBatch(messages).get(org) ?? [], now);
  }

  private decide(alerts: readonly AlertInBatch[], now: Instant): Decision {
    const decision = decideSignals(alerts, this.load(), now);
    for (const held of decision.held) this.held.set(`${held.quiet} ${held.signal.fingerprint}`, held);
    for (const key of decision.keys) {
      if (key.guard) this.guards.set(key.hash, { ...key.guard, version: key.guard.version + 1 });
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
    const due = [...this.heads.values()].filter(
      (head) => (endsBy(head) ?? Number.POSITIVE_INFINITY) <= now || head.suppressed,
    );
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
      const guard = this.guards.get(settle.correlation);
      if (!guard) continue;
      const incident = keptOf(this.incidents, settle.incident);
      const members = membersOf(this, incident).flatMap((fingerprint) => this.heads.get(fingerprint) ?? []);
      const settled = decideSettle(guard, { ...settle, incident }, members, now);
      if (!settled) continue;
      if (settled.command) this.apply(incident, [settled.command], now);
      this.guards.set(guard.hash, { ...settled.guard, version: guard.version + 1 });
    }
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

  private load(): Loaded {
    const slots = new Map([...this.slots].map(([hash, known]) => [hash, [...known.values()]]));
    const { rules, quiets } = this;
    const held = [...this.heads.values()].flatMap(({ fingerprint, suppressed }) => {
      const one = suppressed && this.held.get(`${suppressed.by} ${fingerprint}`);
      return one ? [[fingerprint, one] as const] : [];
    });
    return {
      ...{ org, rules, quiets, heads: new Map(this.heads), guards: new Map(this.guards), slots },
      held: new Map(held),
    };
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
