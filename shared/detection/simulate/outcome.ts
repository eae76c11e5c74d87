import type { Severity } from '../../alerts/index.ts';
import { type Incident, isOpen, needsHuman, severityText } from '../../incidents/index.ts';
import { exactly, type IncidentId, type Instant, SECOND } from '../../kernel/index.ts';
import { heldBefore } from '../explain/words.ts';
import { type Match, matchRule, type Received } from '../match.ts';
import type { Rule } from '../rule.ts';
import { isHeldBack } from '../suppressed.ts';
import type { Firing } from './firings.ts';
import { type Gap, gapsIn } from './gaps.ts';
import type { DetectionMemory } from './memory.ts';
import type { SimulatedPage } from './replay.ts';

/** An incident as it would have been. */
export interface SimulatedIncident {
  readonly id: IncidentId;
  readonly title: string;
  readonly severity: Severity;
  /** The rule that opened it and its group, such as `service=checkout`. */
  readonly rule: string;
  readonly key: string;
  readonly service?: string;
  /** The policy that its pages follow; absent: the first one. */
  readonly policy?: string;
  /** What it escalates after where its rule says so, in seconds. */
  readonly escalateAfter?: number;
  readonly urgency?: 'low';
  readonly runbook?: string;
  readonly openedAt: Instant;
  /** Absent while it is open in the end. */
  readonly endedAt?: Instant;
  /** How often it was opened again. */
  readonly reopened: number;
  /** By fingerprint, those of incidents that were merged into it too. */
  readonly alerts: readonly string[];
  /** When each of its generations first paged. */
  readonly pages: readonly Instant[];
}

/** An alert that fired and is in no incident, and why. */
export interface Unplaced {
  readonly fingerprint: string;
  readonly title: string;
  readonly service?: string;
  readonly firedAt: Instant;
  readonly why: string;
}

/** One time that an alert fired: whether anybody was paged for it, and why not. */
export interface FiringOutcome extends Unplaced {
  readonly isWoken: boolean;
}

/** What came of signals under one rule set. */
export interface Outcome {
  readonly signals: number;
  /** Distinct alerts that fired, by fingerprint, as they said it last. */
  readonly alerts: ReadonlyMap<string, Received>;
  /** By the time at which they opened. */
  readonly incidents: readonly SimulatedIncident[];
  readonly unplaced: readonly Unplaced[];
  /** Each time that an alert fired, in the order in which that was received. */
  readonly firings: readonly FiringOutcome[];
  /** What alerts lack of what their rules group by. */
  readonly gaps: readonly Gap[];
}

/** What is left when everything was played. */
interface Played {
  readonly memory: DetectionMemory;
  readonly pages: readonly SimulatedPage[];
  readonly last: ReadonlyMap<string, Received>;
  readonly signals: number;
  readonly firings: readonly Firing[];
}

/** What came of it: incidents that were merged into another are part of that. */
export function outcomeOf({ memory, pages, last, signals, firings }: Played): Outcome {
  const pagesOf = Map.groupBy(pages, ({ incident }) => memory.keptOf(incident));
  const placed = new Set<string>();
  const incidents: SimulatedIncident[] = [];
  for (const incident of memory.incidents.values()) {
    if (memory.keptOf(incident.id) !== incident.id) continue;
    const alerts = memory.membersOf(incident.id);
    for (const one of alerts) placed.add(one);
    const times = (pagesOf.get(incident.id) ?? []).map(({ at }) => at).sort((a, b) => a - b);
    incidents.push(simulated(incident, alerts, times));
  }
  const unplaced = [...last].filter(([fingerprint]) => !placed.has(fingerprint));
  return {
    ...{ signals, alerts: last },
    incidents: incidents.sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1)),
    unplaced: unplaced.map(([, received]) => unplacedOf(received, memory)),
    gaps: gapsIn(memory.rules, last.values()),
    firings: firings.map(({ received, isWoken }) => firingOutcome(received, isWoken, memory, placed)),
  };
}

function simulated(
  incident: Incident,
  alerts: readonly string[],
  pages: readonly Instant[],
): SimulatedIncident {
  const { id, title, severity, correlation, service, policy, openedAt, generation } = incident;
  const { escalateAfter, urgency, runbook } = incident;
  return {
    ...{ id, title, severity, rule: correlation?.rule ?? '', key: correlation?.key ?? '' },
    ...(service !== undefined && { service }),
    ...(policy !== undefined && { policy }),
    ...(escalateAfter !== undefined && { escalateAfter }),
    ...(urgency && { urgency }),
    ...(runbook !== undefined && { runbook }),
    openedAt,
    ...(!isOpen(incident) && { endedAt: incident.resolvedAt }),
    ...{ reopened: generation - 1, alerts, pages },
  };
}

const withoutIncident = {
  suppress: 'records its alerts without an incident',
  drop: 'drops its alerts',
} as const;

function unplacedOf(received: Received, { rules, heads }: DetectionMemory): Unplaced {
  const { signal } = received;
  const { rule, does } = matchRule(rules, received);
  const head = heads.get(signal.fingerprint);
  const waits = head?.suppressed && isHeldBack(head) ? heldBefore(head.suppressed.why) : waitWords(rule);
  return {
    fingerprint: signal.fingerprint,
    title: signal.title ?? 'Alert without a title',
    ...(signal.service !== undefined && { service: signal.service }),
    firedAt: signal.at,
    why: does === 'open' ? waits : `Rule '${rule.name}' ${withoutIncident[does]}`,
  };
}

function waitWords({ name, conditions: { threshold, members, timeWindow } }: Rule): string {
  const within = `within ${exactly(timeWindow * SECOND)}`;
  if (members) return `Rule '${name}' waits for ${members.atLeast} members ${within}`;
  return threshold > 1
    ? `Rule '${name}' waits for ${threshold} distinct alerts ${within}`
    : `Rule '${name}' takes it, but it came into no incident`;
}

/** Why nobody is paged for an incident while an alert of it fires, by what the rule of the alert wants. */
function unpagedWords({
  rule: { name },
  isLow,
  severity,
  minDuration,
  lastingBy = name,
  cooldown,
}: Match): string {
  if (isLow) return `Rule '${name}' makes its incident one of low urgency`;
  if (!needsHuman(severity)) return `It is ${severityText(severity)}, which pages nobody`;
  if (cooldown !== undefined)
    return `Rule '${name}' pages no more for ${exactly(cooldown)} after a page of the same group`;
  return minDuration === undefined
    ? 'Its incident pages nobody while it fires'
    : `Rule '${lastingBy}' pages only for an alert that has gone on for ${exactly(minDuration)}`;
}

function firingOutcome(
  received: Received,
  isWoken: boolean,
  memory: DetectionMemory,
  placed: ReadonlySet<string>,
): FiringOutcome {
  const unplaced = unplacedOf(received, memory);
  const match = matchRule(memory.rules, received);
  if (isWoken || match.does !== 'open' || !placed.has(received.signal.fingerprint))
    return { ...unplaced, isWoken };
  return { ...unplaced, why: unpagedWords(match), isWoken };
}
