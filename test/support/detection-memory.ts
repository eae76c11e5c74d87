import type { SignalsMessage } from '../../shared/alerts/index.ts';
import {
  type AlertHead,
  type Decision,
  decideSettle,
  decideSignals,
  foldBatch,
  type Guard,
  type Loaded,
  type Rule,
  type Settle,
  type Slot,
} from '../../shared/detection/index.ts';
import {
  decideIncident,
  evolveIncident,
  type Incident,
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
  readonly rules: readonly Rule[];
  private settles: Settle[] = [];
  private number = 0;

  constructor(rules: readonly Rule[]) {
    this.rules = rules;
  }

  /** Decides a batch and writes what was decided. */
  receive(messages: readonly SignalsMessage[], now: Instant): Decision {
    const alerts = foldBatch(messages).get(org) ?? [];
    const decision = decideSignals(alerts, this.load(), now);
    for (const key of decision.keys) {
      if (key.guard) this.guards.set(key.hash, { ...key.guard, version: key.guard.version + 1 });
      for (const { slot } of key.slots) this.slotsOf(key.hash).set(slot.slot, slot);
      for (const head of key.heads) this.putHead(head);
      for (const change of key.changes) this.change(change, now);
    }
    for (const head of decision.loose) this.putHead(head);
    this.settles.push(...decision.settles);
    return decision;
  }

  /** What happens when all has been quiet: every settle message is handled. */
  settle(now: Instant): void {
    const settles = this.settles;
    this.settles = [];
    for (const settle of settles) {
      const guard = this.guards.get(settle.correlation);
      const window = guard?.windows.find(
        ({ incident, merged }) => incident === settle.incident || merged.includes(settle.incident),
      );
      if (!guard || !window) continue;
      const members = [window.incident, ...window.merged]
        .flatMap((id) => this.entries.get(id) ?? [])
        .flatMap(({ fingerprint }) => this.heads.get(fingerprint) ?? []);
      const settled = decideSettle(guard, settle, members, now);
      if (!settled) continue;
      if (settled.command) this.apply(window.incident, [settled.command], now);
      this.guards.set(guard.hash, { ...settled.guard, version: guard.version + 1 });
    }
  }

  private load(): Loaded {
    const slots = new Map([...this.slots].map(([hash, known]) => [hash, [...known.values()]]));
    return { org, rules: this.rules, heads: new Map(this.heads), guards: new Map(this.guards), slots };
  }

  private putHead(head: AlertHead): void {
    this.heads.set(head.fingerprint, { ...head, version: head.version + 1 });
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

/** What must come out the same for any order: per key and window the state, severity and members. Ids, numbers and generations may differ. */
export function outcome(world: Pick<DetectionMemory, 'guards' | 'incidents' | 'entries'>): readonly string[] {
  return [...world.guards.values()]
    .flatMap(({ hash, windows }) =>
      windows.map(({ incident, merged, from, to, severity }) => {
        const head = world.incidents.get(incident);
        const members = [incident, ...merged].flatMap((id) => world.entries.get(id) ?? []);
        const names = [...new Set(members.map(({ fingerprint }) => fingerprint.slice(0, 8)))].sort();
        const state = head?.state === 'resolved' ? 'resolved' : 'open';
        return `${hash.slice(0, 8)} ${from} ${to ?? 'open'} ${state} ${severity}=${head?.severity} ${names.join(',')}`;
      }),
    )
    .sort();
}
