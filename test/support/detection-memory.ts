import {
  guardAfter,
  type Merge,
  occurrencesOf,
  type Rule,
  type Settle,
  DetectionMemory as Simulated,
  stateOf,
  withKnowledge,
} from '../../shared/detection/index.ts';
import type { Incident, IncidentCommand } from '../../shared/incidents/index.ts';
import type { IncidentId, Instant } from '../../shared/kernel/index.ts';
import { org } from './signals.ts';

/** The memory of the simulator, for the organisation of tests; its settles are handled when a test says so. */
export class DetectionMemory extends Simulated {
  private readonly early: Settle[] = [];

  constructor(rules: readonly Rule[], more: ConstructorParameters<typeof Simulated>[2] = {}) {
    super(org, rules, more);
  }

  /** What happens some seconds after incidents opened. */
  relate(now: Instant): void {
    for (const incident of this.relates()) this.relateOne(incident, now);
  }

  /** What happens when all has been quiet: every settle message is handled, but those for which it is too early. */
  settle(now: Instant): void {
    for (const settle of [...this.early.splice(0), ...this.settles()]) {
      if ((settle.notBefore ?? 0) > now) this.early.push(settle);
      else this.settleOne(settle, now);
    }
  }

  /** Two incidents that a person merges. */
  mergeByHand({ guards, keep, keepDoes, gone, goneDoes }: Merge, now: Instant): void {
    for (const guard of guards) this.putGuard(guard);
    this.apply(keep, keepDoes, now);
    this.apply(gone, goneDoes, now);
  }

  /** A person's command, who has read the whole log. */
  byHand(incident: IncidentId, command: IncidentCommand, now: Instant): void {
    this.apply(incident, [command], now);
    const after = this.incidents.get(incident);
    const guard = after?.correlation && this.guards.get(after.correlation.hash);
    if (!after || !guard) return;
    const knew = this.entries.get(incident)?.length ?? 0;
    const closing = guardAfter(withKnowledge(guard, incident, knew), after, now);
    if (closing) this.putGuard(closing);
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
